// What the page asks of the server. Every address is relative to the page's own.

const KEY = "topicwire-sandbox-chat";
const FIRST = 2 ** 40;
const LAST = 2 ** 52;

function draw() {
  let drawn = 0;
  while (drawn < FIRST) {
    const [high, low] = crypto.getRandomValues(new Uint32Array(2));
    drawn = (high % 2 ** 20) * 2 ** 32 + low;
  }
  return drawn;
}

function remembered() {
  try {
    const known = Number(localStorage.getItem(KEY));
    if (Number.isSafeInteger(known) && known >= FIRST && known < LAST) return known;
    const drawn = draw();
    localStorage.setItem(KEY, String(drawn));
    return drawn;
  } catch {
    return draw(); // storage is switched off: a chat for this visit
  }
}

const chat = `chats/${remembered()}`;

async function post(what, body) {
  const response = await fetch(`${chat}/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail);
  return answer;
}

export const sendText = (text) => post("messages", { text, language: navigator.language });
export const press = (message_id, data) => post("presses", { message_id, data });
export const setMember = (member) => post("membership", { member });

export const fileOf = (message_id) => `${chat}/files/${message_id}`;

export async function about() {
  const language = encodeURIComponent(navigator.language.slice(0, 2));
  const response = await fetch(`bot?language=${language}`);
  return response.json();
}

export function listen(handlers) {
  const events = new EventSource(`${chat}/events`);
  for (const [kind, handle] of Object.entries(handlers.on)) {
    events.addEventListener(kind, (event) => handle(JSON.parse(event.data)));
  }
  events.addEventListener("open", () => handlers.connected(true));
  events.addEventListener("error", () => handlers.connected(false));
}
