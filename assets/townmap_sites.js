/* Sites on the map: a shape for every kind, so that no kind rests on a colour; of one size at any zoom.
   A site is {lon, lat, label, kind, geoid}; without lon and lat it stands at its town's label. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const EARTH_RADIUS_M = 6378137; // as in geo/projection.py: Web Mercator on the grid of the shapes
  const REACH = 9; // pixels about a site in which the pointer meets it
  const MANY = 150; // beyond this many sites the shapes are smaller, so that they hide less of the map
  const NAMED = 3; // sites of one town that are said by name
  const KINDS = ["verified", "listed", "mobile", "candidate", "chosen"];
  const OPEN = ["verified", "listed", "mobile"];

  const circle = (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  const corners = (points) => `M${points.map((point) => point.map((each) => each.toFixed(2)).join(" ")).join("L")}z`;
  const star = Array.from({ length: 10 }, (_, turn) => {
    const [angle, r] = [(turn * Math.PI) / 5, turn % 2 ? 3.8 : 9];
    return [r * Math.sin(angle), -r * Math.cos(angle)];
  });
  const SHAPES = {
    verified: circle(5.2),
    listed: circle(4.4),
    mobile: corners([[0, -7], [7, 0], [0, 7], [-7, 0]]),
    candidate: "M-1.2-4.5h2.4v3.3h3.3v2.4h-3.3v3.3h-2.4v-3.3h-3.3v-2.4h3.3z",
    chosen: corners(star),
  };

  /** Degrees to a point of the map; null where the shapes do not say how they were projected. */
  function onMap(geometry, lon, lat) {
    if (!geometry.unit_m || !geometry.origin) return null;
    const [east, north] = [lon, lat].map((degrees) => (degrees * Math.PI) / 180);
    const scale = EARTH_RADIUS_M / geometry.unit_m;
    return [east * scale - geometry.origin[0], geometry.origin[1] - Math.atanh(Math.sin(north)) * scale];
  }

  /** Pixels that keep the n-th site of one point beside the others: a spiral. */
  function aside(n) {
    const [r, angle] = [8 * Math.sqrt(n), n * 2.4];
    return [r * Math.cos(angle), r * Math.sin(angle)];
  }

  const known = (kind) => (KINDS.includes(kind) ? kind : "listed");

  class Sites {
    constructor(parent, geometry, indexOf) {
      Object.assign(this, { geometry, indexOf, placed: [], byTown: new Map(), written: "[]", unit: 1 });
      this.group = parts.draw(parent, "g", { class: "townmap-sites" });
    }

    /** Show these sites, drawn anew only when they are others. */
    set(sites, unit) {
      const written = JSON.stringify(sites);
      if (written === this.written) return;
      this.written = written;
      this.group.replaceChildren();
      this.size = sites.length > MANY ? 0.75 : 1;
      this.placed = this.places(sites);
      this.byTown = new Map();
      for (const each of this.placed) {
        each.element = parts.draw(this.group, "path", { d: SHAPES[each.kind], class: `townmap-site townmap-site-${each.kind}` });
        this.byTown.set(each.geoid, [...(this.byTown.get(each.geoid) || []), each]);
      }
      this.scale(unit);
    }

    /** Sites with their points, those of the last kinds on top; one that has no point on this map is left out. */
    places(sites) {
      const taken = new Map();
      const placed = [];
      for (const site of [...sites].sort((a, b) => KINDS.indexOf(known(a.kind)) - KINDS.indexOf(known(b.kind)))) {
        const at = this.point(site);
        if (!at) continue;
        const n = taken.get(at.join()) || 0;
        taken.set(at.join(), n + 1);
        placed.push({ label: site.label, geoid: site.geoid, kind: known(site.kind), at, aside: aside(n) });
      }
      return placed;
    }

    point(site) {
      const located = typeof site.lon === "number" && typeof site.lat === "number";
      const index = this.indexOf.get(site.geoid);
      const town = index === undefined ? null : this.geometry.label[index];
      return (located && onMap(this.geometry, site.lon, site.lat)) || town;
    }

    /** Sites keep their size on screen: `unit` is map units a pixel. */
    scale(unit) {
      this.unit = unit;
      const size = (this.size * unit).toFixed(4);
      for (const { element, at, aside: [right, down] } of this.placed) {
        const [x, y] = [at[0] + right * unit, at[1] + down * unit];
        element.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${size})`);
      }
    }

    /** Sites under a point of the map, the nearest first. */
    near([x, y]) {
      const apart = (site) => Math.hypot(site.at[0] + site.aside[0] * this.unit - x, site.at[1] + site.aside[1] * this.unit - y);
      const met = this.placed.map((site) => [apart(site), site]).filter(([far]) => far < REACH * this.unit);
      return met.sort((a, b) => a[0] - b[0]).map(([, site]) => site);
    }

    /** What is said of the sites of a town, nothing where it has none. */
    said(geoid, words) {
      const here = this.byTown.get(geoid) || [];
      const open = here.filter((site) => OPEN.includes(site.kind));
      const said = open.length ? [parts.fill(open.length === 1 ? words.site_here : words.sites_here, { count: open.length, sites: listed(open, words) })] : [];
      for (const kind of ["candidate", "chosen"]) {
        const found = here.filter((site) => site.kind === kind);
        if (found.length) said.push(parts.fill(words[`${kind}_here`], { sites: listed(found, words) }));
      }
      return said;
    }
  }

  /** A label with its kind, where the label alone would let a listed or moving site pass for an open one. */
  function named(site, words) {
    const kind = words[`site_${site.kind}`];
    return ["listed", "mobile"].includes(site.kind) && !site.label.includes(kind) ? `${site.label} (${kind})` : site.label;
  }

  function listed(sites, words) {
    const said = sites.slice(0, NAMED).map((site) => named(site, words)).join(", ");
    return sites.length > NAMED ? parts.fill(words.and_more, { sites: said, count: sites.length - NAMED }) : said;
  }

  /** What the tooltip says of the sites under the pointer: the first by name, how many more lie there. */
  function siteWords(sites, words) {
    const said = named(sites[0], words);
    return sites.length > 1 ? parts.fill(words.and_more, { sites: said, count: sites.length - 1 }) : said;
  }

  /** Legend entries of the kinds that are there. */
  function siteLegend(sites, words) {
    const present = new Set(sites.map((site) => known(site.kind)));
    return KINDS.filter((kind) => present.has(kind)).map((kind) => ({ texture: `site_${kind}_shape`, label: words[`site_${kind}`], site: kind }));
  }

  /** The shape of a kind as a swatch. */
  function siteSwatch(swatch, kind) {
    const group = parts.draw(swatch, "g", { class: "townmap-over", transform: "translate(14 9)" });
    parts.draw(group, "path", { d: SHAPES[kind], class: `townmap-site townmap-site-${kind}` });
  }

  Object.assign(parts, { Sites, onMap, siteWords, siteLegend, siteSwatch });
})();
