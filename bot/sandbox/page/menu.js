// The command menu over the input: opened by "/" or its button, worked by keys or pointer.

const menu = document.getElementById("menu");
const input = document.getElementById("text");
const opener = document.getElementById("commands");

let commands = [];
let current = -1;
let choose = () => {};

const options = () => [...menu.children];

function mark(index) {
  const all = options();
  current = all.length ? (index + all.length) % all.length : -1;
  all.forEach((option, place) => option.setAttribute("aria-selected", String(place === current)));
  const option = all[current];
  option?.scrollIntoView({ block: "nearest" });
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
}

function show(matching) {
  menu.replaceChildren(
    ...matching.map(({ command, description }) => {
      const option = document.createElement("li");
      option.id = `command-${command}`;
      option.role = "option";
      option.dataset.command = command;
      const name = document.createElement("b");
      name.textContent = `/${command}`;
      const about = document.createElement("span");
      about.textContent = description;
      option.append(name, about);
      return option;
    }),
  );
  const open = matching.length > 0;
  menu.hidden = !open;
  for (const control of [input, opener]) control.setAttribute("aria-expanded", String(open));
  mark(open ? 0 : -1);
}

export const close = () => show([]);

function pick(option) {
  close();
  choose(`/${option.dataset.command}`);
}

function typed() {
  const text = input.value;
  const word = text.slice(1).toLowerCase();
  const asks = text.startsWith("/") && !/\s/.test(text);
  show(asks ? commands.filter(({ command }) => command.startsWith(word)) : []);
}

function keyed(event) {
  if (menu.hidden) return;
  const chosen = options()[current];
  if (event.key === "ArrowDown") mark(current + 1);
  else if (event.key === "ArrowUp") mark(current - 1);
  else if (event.key === "Escape") close();
  else if (event.key === "Tab" && chosen) {
    input.value = `/${chosen.dataset.command} `;
    close();
  } else if (event.key === "Enter" && chosen) pick(chosen);
  else return;
  event.preventDefault();
}

export function start({ load, chosen }) {
  choose = chosen;
  const refresh = async () => {
    commands = (await load()).commands;
  };
  input.addEventListener("input", async () => {
    if (input.value === "/") await refresh();
    typed();
  });
  input.addEventListener("keydown", keyed);
  input.addEventListener("blur", () => setTimeout(close, 150));
  menu.addEventListener("mousedown", (event) => event.preventDefault());
  menu.addEventListener("pointermove", (event) => {
    const place = options().indexOf(event.target.closest("[role=option]"));
    if (place >= 0 && place !== current) mark(place);
  });
  menu.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) pick(option);
  });
  opener.addEventListener("click", async () => {
    if (!menu.hidden) return close();
    await refresh();
    input.focus();
    show(commands);
  });
}
