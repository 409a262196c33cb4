// Puts the page together: what the visitor does goes out, what happens in the chat comes in.

import * as api from "./api.js";
import * as log from "./log.js";
import * as menu from "./menu.js";

const at = (id) => document.getElementById(id);
const START_PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/;
const NOTICE_MS = 5000;
const PRESS_MS = 10000;

let member = true;
let live = false;
let unread = 0;
let title = document.title;
let noticeTimer;

function tell(text) {
  clearTimeout(noticeTimer);
  at("notice").textContent = text;
  at("notice").hidden = false;
  noticeTimer = setTimeout(() => (at("notice").hidden = true), NOTICE_MS);
}

async function attempt(action) {
  try {
    await action;
    return true;
  } catch (error) {
    tell(error instanceof TypeError ? "No connection. Try again." : error.message);
    return false;
  }
}

async function send(text) {
  if (!member && !(await attempt(api.setMember(true)))) return false;
  return attempt(api.sendText(text));
}

function arrange() {
  const empty = log.isEmpty();
  at("welcome").hidden = !live || !empty || !member;
  at("composer").hidden = !member;
  at("restart").hidden = member;
  at("membership").hidden = !member || empty;
}

function count(message) {
  if (!live || message.mine || !document.hidden) return;
  unread += 1;
  document.title = `(${unread}) ${title}`;
}

function released() {
  for (const key of document.querySelectorAll(".key[aria-busy]")) key.removeAttribute("aria-busy");
}

async function pressed(key, message, data) {
  if (key.hasAttribute("aria-busy")) return;
  key.setAttribute("aria-busy", "true");
  setTimeout(() => key.removeAttribute("aria-busy"), PRESS_MS);
  if (!(await attempt(api.press(message, data)))) key.removeAttribute("aria-busy");
}

async function introduce() {
  const bot = await api.about();
  at("name").textContent = bot.name;
  title = document.title = `${bot.name} bot · sandbox`;
  document.querySelector(".avatar").textContent = bot.name.slice(0, 1);
  if (bot.description) at("description").textContent = bot.description;
}

async function followDeepLink() {
  const payload = new URLSearchParams(location.search).get("start");
  if (payload === null) return;
  history.replaceState(null, "", location.pathname);
  if (START_PAYLOAD.test(payload)) await send(`/start ${payload}`);
}

api.listen({
  connected: (is) => (at("offline").hidden = is),
  on: {
    reset() {
      live = false;
      log.replaying();
      log.clear();
    },
    ready(state) {
      const first = !live;
      live = true;
      member = state.member;
      log.settled();
      if (first) log.toEnd();
      arrange();
      followDeepLink();
    },
    message(message) {
      log.add(message);
      count(message);
      released();
      arrange();
    },
    edit(message) {
      log.edit(message);
      released();
    },
    delete: log.remove,
    answer({ text, show_alert }) {
      released();
      if (!text) return;
      if (!show_alert) return tell(text);
      at("alert-text").textContent = text;
      at("alert").showModal();
    },
    membership(state) {
      member = state.member;
      log.note(member ? "You started the bot again" : "You stopped the bot: it cannot write to you");
      arrange();
    },
  },
});

log.onUse({ pressed, commanded: send });
menu.start({ load: api.about, chosen: (command) => {
  at("text").value = "";
  send(command);
} });

at("composer").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = at("text").value.trim();
  if (!text) return;
  at("text").value = "";
  menu.close();
  if (!(await send(text)) && !at("text").value) at("text").value = text;
});
at("start").addEventListener("click", async () => {
  if (await send("/start")) at("text").focus();
});
at("restart").addEventListener("click", () => send("/start"));
at("membership").addEventListener("click", () => attempt(api.setMember(false)));
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unread = 0;
  document.title = title;
});

introduce().catch(() => {});
