/* The line above the page says it when answers do not come: the store is away, the dashboard cannot be reached or was
   renewed, or a choice was refused. What was asked while the store was away is asked again once it answers. */
(function () {
  "use strict";
  const ASK_MS = 3000;
  const CALLBACK = "/_dash-update-component";
  const CHANGED_NOTHING = [502, 503]; // such a question may be asked again
  const fetched = window.fetch.bind(window);
  const line = () => document.getElementById("notice");
  const word = (name) => JSON.parse(line().dataset.words)[name];
  let returning = null; // settled once the store answers again
  let renewed = false;

  /** Say a sentence, and lead somewhere. Once the dashboard was renewed there is nothing more to say. */
  function say(sentence, ...link) {
    if (renewed || !line() || line().textContent === sentence) return;
    line().replaceChildren(sentence, ...link);
  }

  function link(name, address) {
    const made = document.createElement("a");
    return [" ", Object.assign(made, { href: address, textContent: word(name) })];
  }

  const reload = () => link("reload", window.location.href);

  function isNewer(answer) {
    const version = answer.headers.get("Coalition-Version");
    return Boolean(version) && version !== line().dataset.version;
  }

  const isAway = (answer) => answer.headers.get("Coalition-Store") === "away";

  function sayNewer() {
    say(word("newer"), ...reload());
    renewed = true;
  }

  /** Until server and store answer again, which is then said with the word of this name. */
  function back(name) {
    const isBack = () => fetched("/standing").then((answer) => answer.ok && !isAway(answer), () => false);
    async function wait() {
      do await new Promise((done) => setTimeout(done, ASK_MS * (0.8 + 0.4 * Math.random()))); while (!(await isBack()));
      returning = null;
      say(word(name));
    }
    returning = returning || wait();
    return returning;
  }

  /** What an answer says besides what was asked for. */
  async function tell(answer) {
    if (isNewer(answer)) sayNewer();
    else if (isAway(answer)) {
      say(word("away"));
      back("back");
    } else if (!answer.ok) {
      const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
      const here = encodeURIComponent(window.location.pathname + window.location.search);
      say(plain ? await answer.clone().text() : word("failed"),
        ...(answer.status === 401 ? link("sign_in", `/sign-in?next=${here}`) : plain ? [] : reload()));
    } else if (!returning) say("");
  }

  window.fetch = async function (asked, options) {
    const address = new URL(asked.url || asked, window.location.href);
    if (address.origin !== window.location.origin || !line()) return fetched(asked, options);
    let answer;
    try {
      answer = await fetched(asked, options);
    } catch (error) {
      if (error.name !== "AbortError") {
        say(word("lost"));
        back("found");
      }
      throw error;
    }
    if (address.pathname === CALLBACK && CHANGED_NOTHING.includes(answer.status)) {
      say(word("away"));
      await back("back");
      return window.fetch(asked, options);
    }
    tell(answer);
    return answer;
  };

  /** A script that is gone: Dash fetches some of its own only when a page needs them. */
  window.addEventListener("error", async (event) => {
    if (!event.target || event.target.tagName !== "SCRIPT") return;
    const answer = await fetched("/standing").catch(() => null);
    if (answer && isNewer(answer)) sayNewer();
    else say(word("failed"), ...reload());
  }, true);
})();
