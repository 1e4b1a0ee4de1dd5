/* The sentences of the map and its table twin: templates come from the page, numbers in the language of the page.
   The English words below serve until a payload brings its own in `words`. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});

  const STATES = { v: "value", z: "zero", u: "unstable", s: "suppressed", n: "not_reported", c: "counts_only", f: "flagged" };
  const ABSENT = "–";
  const WORDS = {
    map: "Map of towns",
    help: "Arrow keys go to the next town, letters jump to a name, Enter chooses, Escape clears, + and − zoom.",
    no_match: "No place on this map begins with “{text}”.",
    chosen: "{place} is chosen.",
    cleared: "No place is chosen.",
    legend: "What the colours and patterns mean",
    zoom: "Zoom",
    zoom_in: "Zoom in",
    zoom_out: "Zoom out",
    reset: "Show the whole map",
    schematic: "Schematic shapes: not official boundaries",
    hatch: "hatched: {label}",
    dots: "dotted: {label}",
    stripes: "striped: {label}",
    grid: "with a grid: {label}",
    outline: "outlined: {label}",
    ring: "circled: {label}",
    said: "something was said about this place",
    said_mark: "speech bubble: {label}",
    said_here: "What we said about {name}: {words}",
    said_head: "What we said",
    site_verified: "verified open",
    site_listed: "listed, not verified",
    site_mobile: "mobile stop",
    site_candidate: "possible site",
    site_chosen: "chosen site",
    site_verified_shape: "filled circle: {label}",
    site_listed_shape: "hollow circle: {label}",
    site_mobile_shape: "diamond: {label}",
    site_candidate_shape: "small plus: {label}",
    site_chosen_shape: "star: {label}",
    site_here: "1 site here: {sites}",
    sites_here: "{count} sites here: {sites}",
    candidate_here: "Possible site: {sites}",
    chosen_here: "Chosen site: {sites}",
    and_more: "{sites} and {count} more",
    cluster_sure: "cluster with more than expected",
    cluster_unsure: "cluster that ordinary differences between towns may explain",
    cluster_emerging: "emerging cluster",
    cluster_sure_line: "thick line: {label}",
    cluster_unsure_line: "dashed line: {label}",
    cluster_emerging_line: "dotted line: {label}",
    in_sure: "In cluster {label}",
    in_unsure: "In cluster {label}, which ordinary differences between towns may explain",
    in_emerging: "In emerging cluster {label}",
    bivariate: "{down}: from top to bottom. {across}: from left to right.",
    one_town: "1 town",
    towns: "{count} towns",
    table: "The same numbers as a table",
    suppressed: "hidden to protect people",
    not_reported: "not reported",
    unstable: "too few for a rate",
    unknown: "not known",
  };

  /** "{place}: {rate}" and {place, rate} to one sentence; a part that is missing says so with a dash. */
  function fill(template, named) {
    return template.replace(/\{(\w+)\}/g, (_, name) => (named[name] === undefined ? ABSENT : named[name]));
  }

  /** The map's words, with those of the payload in their place. */
  function words(payload) {
    return Object.assign({}, WORDS, payload && payload.words);
  }

  const formats = new Map();
  function format(digits) {
    const language = document.documentElement.lang || "en";
    const key = language + digits;
    if (!formats.has(key)) {
      formats.set(key, new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
    }
    return formats.get(key);
  }

  const WITH_ONE_DECIMAL = new Set(["rate", "lower", "upper"]);

  /** A value of a column as text: text stays as the server wrote it, null is undefined (the caller says why). */
  function valueText(column, value) {
    if (value === null || value === undefined) return undefined;
    if (typeof value !== "number") return String(value);
    return format(WITH_ONE_DECIMAL.has(column) || !Number.isInteger(value) ? 1 : 0).format(value);
  }

  /** The name of a place's county, empty when the geometry does not know it. */
  function countyName(geometry, index) {
    const code = (geometry.county || [])[index] || "";
    const outline = (geometry.outlines || []).find((each) => each.geoid === code);
    return outline ? outline.name : code;
  }

  /** What is said of one place, by the template of its state. */
  function sentence(geometry, payload, index) {
    const place = payload.names ? payload.names[index] : geometry.name[index];
    const state = STATES[payload.states[index]];
    const one = ((payload.columns || {}).numerator || [])[index] === 1 && payload.sentence[`${state}_one`];
    const template = one || payload.sentence[state];
    if (!template) return place;
    const named = { place: place, county: countyName(geometry, index) };
    for (const column of Object.keys(payload.columns || {})) {
      named[column] = valueText(column, payload.columns[column][index]);
    }
    return fill(template, named);
  }

  /** Lower case without accents or punctuation, for finding a place as people type it. */
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f'’.]/g, "").toLowerCase().trim();
  }

  const orders = new WeakMap(); // by geometry: sorting 36,000 names takes longer than painting them

  /** Indices of the places that are part of the picture (blank ones are not), in alphabetical order. */
  function inOrder(geometry, classes) {
    if (!orders.has(geometry)) {
      const { compare } = new Intl.Collator(document.documentElement.lang || "en");
      orders.set(geometry, [...geometry.name.keys()].sort((a, b) => compare(geometry.name[a], geometry.name[b])));
    }
    return orders.get(geometry).filter((index) => classes[index] !== " ");
  }

  Object.assign(parts, { STATES, fill, words, valueText, countyName, sentence, fold, inOrder });
})();
