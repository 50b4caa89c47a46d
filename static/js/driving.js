// The driver's trip: what waits on the phone goes out when the page opens and when the network is back.
import { sendPositions } from "./positions.js";
import { sendStages } from "./stages.js";

async function sendAll() {
  await sendStages();
  sendPositions();
}

window.addEventListener("online", sendAll);
sendAll();
