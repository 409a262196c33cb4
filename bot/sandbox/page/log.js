// The list of messages: drawing, editing, and staying at the end while the reader is there.

import { fileOf } from "./api.js";

const NEAR_END = 80;

const log = document.getElementById("log");
const latest = document.getElementById("latest");
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });

let lastDay = "";

const place = (id) => log.querySelector(`[data-id="${id}"]`);
const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function key(button, message) {
  if (button.url) {
    const link = element("a", "key", button.text);
    link.href = button.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    return link;
  }
  const made = element("button", "key", button.text);
  made.type = "button";
  if (button.data === null) made.disabled = true;
  else Object.assign(made.dataset, { message: message.id, data: button.data });
  return made;
}

function attached({ id, file }) {
  if (!file) return [];
  const link = element("a", "file", `${file.name} · ${Math.ceil(file.size / 1024)} KB`);
  link.href = fileOf(id);
  link.download = file.name;
  return [link];
}

function fill(article, message) {
  const bubble = element("div", "bubble");
  const speaker = element("span", "unseen", message.mine ? "You: " : "Bot: ");
  const text = element("div", "text");
  text.dir = "auto";
  text.innerHTML = message.html; // made by the server from checked entities, all else escaped
  const when = new Date(message.date * 1000);
  const time = element("time", "", (message.edited ? "edited " : "") + clock.format(when));
  time.dateTime = when.toISOString();
  bubble.append(speaker, ...attached(message), text, time);
  article.replaceChildren(bubble);
  if (message.buttons.length) {
    const keyboard = element("div", "keyboard");
    for (const row of message.buttons) {
      const line = element("div", "row");
      line.append(...row.map((button) => key(button, message)));
      keyboard.append(line);
    }
    article.append(keyboard);
  }
}

function divide(message) {
  const today = day.format(new Date(message.date * 1000));
  if (today === lastDay) return;
  lastDay = today;
  log.append(element("p", "day", today));
}

export function toEnd() {
  log.scrollTop = log.scrollHeight;
  latest.hidden = true;
}

export function add(message) {
  if (place(message.id)) return edit(message);
  const stay = atEnd() || message.mine;
  divide(message);
  const article = element("article", message.mine ? "mine" : "theirs");
  article.dataset.id = message.id;
  fill(article, message);
  log.append(article);
  if (stay) toEnd();
  else latest.hidden = false;
}

export function edit(message) {
  const article = place(message.id);
  if (!article) return;
  const stay = atEnd();
  const keys = [...article.querySelectorAll(".key")];
  const focused = keys.indexOf(document.activeElement);
  fill(article, message);
  if (focused >= 0) {
    const now = article.querySelectorAll(".key");
    (now[Math.min(focused, now.length - 1)] ?? log).focus();
  }
  if (stay) toEnd();
}

export function remove(message) {
  place(message.id)?.remove();
}

export function note(text) {
  const stay = atEnd();
  log.append(element("p", "day", text));
  if (stay) toEnd();
}

export function clear() {
  log.replaceChildren();
  lastDay = "";
  latest.hidden = true;
}

export const isEmpty = () => !log.querySelector("article");

export function settled() {
  log.setAttribute("aria-busy", "false");
  log.setAttribute("aria-live", "polite");
}

export function replaying() {
  log.setAttribute("aria-live", "off");
  log.setAttribute("aria-busy", "true");
}

export function onUse({ pressed, commanded }) {
  log.addEventListener("click", (event) => {
    const target = event.target.closest("button, .spoiler");
    if (!target) return;
    if (target.matches(".key")) pressed(target, Number(target.dataset.message), target.dataset.data);
    else if (target.matches(".command")) commanded(target.textContent);
    else target.classList.add("shown");
  });
  log.addEventListener("scroll", () => {
    if (atEnd()) latest.hidden = true;
  });
  latest.addEventListener("click", toEnd);
}
