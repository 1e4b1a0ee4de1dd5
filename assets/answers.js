/* The server's answers, before Dash has them: what an answer draws is drawn at once, and Dash gets the answer when the
   picture is on the screen. Its own account of an answer takes as long as the drawing, and no frame is drawn meanwhile
   (decision 0084). */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const QUESTION = /\/_dash-update-component(\?|$)/;
  const FRAMES = 3; // one in which the picture is drawn, one to bring it to the screen, one to spare
  const LONGEST_MS = 2000; // a tab that is hidden meanwhile draws no frame
  const newest = new Map(); // by property, "id.property": the number of the newest question that asks for it
  const send = window.fetch;
  let questions = 0;
  let seen = Promise.resolve(); // the newest picture is on the screen

  const frames = (left) => new Promise((done) => requestAnimationFrame(done)).then(() => left > 1 && frames(left - 1));
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const onScreen = () => Promise.race([frames(FRAMES).then(() => pause(0)), pause(document.hidden ? 0 : LONGEST_MS)]);

  /** The properties that an output names: "id.property", or several as "..a.b...c.d.."; "@" and what follows tells two
      callbacks apart that set the same one. */
  const properties = (output) => output.replace(/^\.\.|\.\.$/g, "").split("...").map((each) => each.split("@")[0]);

  /** Take out of an answer what a newer question asks for too: only the newest may set it, whichever comes last. */
  function leaveToNewer(answer, number) {
    for (const [id, changed] of Object.entries(answer)) {
      for (const name of Object.keys(changed)) if (newest.get(`${id}.${name}`) > number) delete changed[name];
      if (!Object.keys(changed).length) delete answer[id];
    }
  }

  /** What somebody chose while the answer was on its way stays, where it may still be chosen. */
  function leaveToPerson(answer, told) {
    for (const { id, property, value } of told) {
      const changed = answer[id];
      const now = property === "value" && changed && "value" in changed && document.getElementById(id);
      if (!now || typeof value !== "string" || now.value === value) continue;
      if ((changed.options || []).some((one) => one.value === now.value && !one.disabled)) delete changed.value;
    }
  }

  async function allSeen() {
    for (let awaited; awaited !== seen; await awaited) awaited = seen;
  }

  async function ask(address, question) {
    const { output, inputs = [], state = [] } = JSON.parse(question.body);
    const number = (questions += 1);
    for (const name of properties(output)) newest.set(name, number);
    const answer = await send(address, question);
    if (answer.status !== 200) return answer;
    const said = await answer.json();
    leaveToNewer(said.response || {}, number);
    leaveToPerson(said.response || {}, [...inputs, ...state].flat());
    if (parts.drawAnswer(said.response || {})) seen = onScreen();
    await allSeen();
    answer.json = async () => said;
    return answer;
  }

  window.fetch = (address, options) => (QUESTION.test(address) ? ask : send)(address, options);
})();
