/* The server's answers, before Dash has them: what an answer draws is drawn at once, and Dash gets the answer when the
   picture is on the screen. Its own account of an answer takes as long as the drawing, and no frame is drawn meanwhile
   (decision 0084). */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const QUESTION = /\/_dash-update-component(\?|$)/;
  const FRAMES = 3; // one in which the picture is drawn, one to bring it to the screen, one to spare
  const HIDDEN_MS = 200; // a hidden tab draws no frame
  const turns = new Map(); // by what is asked for: how often it was. An answer to an older question draws nothing
  const send = window.fetch;
  let seen = Promise.resolve(); // the newest picture is on the screen

  const frames = (left) => new Promise((done) => requestAnimationFrame(done)).then(() => left > 1 && frames(left - 1));
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const onScreen = () => Promise.race([frames(FRAMES).then(() => pause(0)), pause(HIDDEN_MS)]);

  async function allSeen() {
    for (let awaited; awaited !== seen; await awaited) awaited = seen;
  }

  async function ask(address, question) {
    const { output } = JSON.parse(question.body);
    const turn = (turns.get(output) || 0) + 1;
    turns.set(output, turn);
    const answer = await send(address, question);
    if (answer.status !== 200) return answer;
    const said = await answer.json();
    if (turns.get(output) === turn && parts.drawAnswer(said.response || {})) seen = onScreen();
    await allSeen();
    answer.json = async () => said;
    return answer;
  }

  window.fetch = (address, options) => (QUESTION.test(address) ? ask : send)(address, options);
})();
