/**
 * What the page does. It makes elements and sets their text; nothing that anybody said is ever read as HTML, so
 * it also runs where Trusted Types forbid that.
 */
export const SCRIPT = String.raw`"use strict";
const $ = (id) => document.getElementById(id);
const seen = new Set();
let source, retryMs = 1000, pollTimer;

const post = async (path, body) => {
  const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), credentials: "same-origin" });
  return { status: answer.status, body: await answer.json().catch(() => ({})) };
};
const status = (text) => { if ($("status").textContent !== text) $("status").textContent = text; };
const make = (name, text, parent) => { const e = document.createElement(name); if (text) e.textContent = text; if (parent) parent.append(e); return e; };

function inline(parent, text) {
  const rule = /(${"`"}[^${"`"}\n]+${"`"})|\*\*([^*\n]+)\*\*|(?<![\w*])\*([^*\s][^*\n]*)\*(?!\w)|\[([^\[\]\n]+)\]\((https?:\/\/[^\s()<>]+)\)|<?(https?:\/\/[^\s<>()"'${"`"}]+[^\s<>()"'${"`"}.,;:!?])>?/g;
  let at = 0;
  for (const m of text.matchAll(rule)) {
    parent.append(text.slice(at, m.index));
    at = m.index + m[0].length;
    if (m[1]) make("code", m[1].slice(1, -1), parent);
    else if (m[2]) make("strong", m[2], parent);
    else if (m[3]) make("em", m[3], parent);
    else link(parent, m[5] || m[6], m[4] || m[6]);
  }
  parent.append(text.slice(at));
}
function link(parent, href, text) {
  let url;
  try { url = new URL(href); } catch { parent.append(text); return; }
  if (url.protocol !== "http:" && url.protocol !== "https:") { parent.append(text); return; }
  const a = make("a", text, parent);
  a.href = url.href;
  a.rel = "noopener noreferrer nofollow";
  a.target = "_blank";
}
function render(parent, text) {
  const parts = text.split(/^(?:${"`"}{3,}|~{3,})[^\n]*$/m);
  parts.forEach((part, i) => {
    const body = part.replace(/^\n/, "").replace(/\n$/, "");
    if (body === "") return;
    if (i % 2 === 1) { make("code", body, make("pre", "", parent)); return; }
    for (const block of body.split(/\n{2,}/)) {
      const lines = block.split("\n");
      if (lines.every((line) => /^\s*[-*] /.test(line))) {
        const list = make("ul", "", parent);
        for (const line of lines) inline(make("li", "", list), line.replace(/^\s*[-*] /, ""));
        continue;
      }
      const p = make("p", "", parent);
      lines.forEach((line, n) => { if (n > 0) make("br", "", p); inline(p, line.replace(/^#{1,6} /, "")); });
    }
  });
}
function show({ id, from, text, buttons }) {
  if (seen.has(id)) return;
  seen.add(id);
  const item = make("div", "", $("log"));
  item.className = "entry " + from;
  make("p", from === "you" ? "You" : from === "agent" ? "Agent" : "Gateway", item).className = "who";
  render(item, text);
  if (buttons) {
    const row = make("div", "", item);
    row.className = "buttons";
    for (const { id: button, label } of buttons) {
      const b = make("button", label, row);
      b.type = "button";
      b.addEventListener("click", async () => {
        for (const each of row.children) each.disabled = true;
        const done = await post("press", { button });
        make("p", done.body.text || "That did not work.", item);
      });
    }
  }
  $("log").scrollTop = $("log").scrollHeight;
}
function busy(is) {
  $("stop").disabled = !is;
  if (!is) { $("draft").hidden = true; $("draft").replaceChildren(); }
}
function listen() {
  if (source) source.close();
  source = new EventSource("events");
  source.addEventListener("open", () => { retryMs = 1000; status("Connected"); });
  source.addEventListener("message", (event) => {
    const message = JSON.parse(event.data);
    show(message);
    if (message.from === "agent" && message.isLast) { busy(false); status("Answered"); }
  });
  source.addEventListener("draft", (event) => {
    busy(true);
    status("The agent writes");
    $("draft").hidden = false;
    $("draft").replaceChildren();
    render($("draft"), JSON.parse(event.data).text);
  });
  source.addEventListener("gone", () => { source.close(); look(); });
  source.addEventListener("error", () => {
    status("Connection lost, trying again");
    if (source.readyState !== 2) return;
    setTimeout(look, retryMs);
    retryMs = Math.min(retryMs * 2, 30000);
  });
}
function view(name) {
  $("enter").hidden = name === "talk";
  $("talk").hidden = name !== "talk";
}
async function look() {
  clearTimeout(pollTimer);
  let answer;
  try { answer = await (await fetch("state", { credentials: "same-origin" })).json(); } catch { status("Connection lost, trying again"); pollTimer = setTimeout(look, retryMs); retryMs = Math.min(retryMs * 2, 30000); return; }
  if (answer.state === "in") {
    const was = $("talk").hidden;
    view("talk");
    listen();
    if (was) $("text").focus();
    return;
  }
  view("enter");
  $("pairing").hidden = answer.state !== "pairing";
  $("enter-form").hidden = answer.state === "pairing";
  status(answer.state === "pairing" ? "Waiting for an operator" : answer.state === "refused" ? "You are not let in here" : "Not logged in");
  if (answer.state === "pairing") {
    if ($("pairing-code").textContent !== answer.code) $("pairing-code").textContent = answer.code;
    pollTimer = setTimeout(look, 3000);
  }
}
async function enter(body) {
  const done = await post("enter", body);
  if (done.status !== 200) { status(done.status === 429 ? "Too many tries, wait a moment" : "That code is not in force"); $("code").focus(); return; }
  await look();
}
$("enter-form").addEventListener("submit", (event) => { event.preventDefault(); const code = $("code").value.trim(); $("code").value = ""; if (code === "") { status("Type a code first"); $("code").focus(); } else void enter({ code }); });
$("ask").addEventListener("click", () => void enter({}));
$("leave").addEventListener("click", async () => { if (source) source.close(); await post("leave", {}); $("log").replaceChildren(); seen.clear(); await look(); $("code").focus(); });
$("stop").addEventListener("click", async () => { await post("cancel", {}); busy(false); status("Stopped"); $("text").focus(); });
$("text").addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $("send-form").requestSubmit(); } });
$("send-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (text === "") return;
  $("text").value = "";
  const id = crypto.randomUUID ? crypto.randomUUID() : String(Date.now()) + Math.random().toString(16).slice(2);
  status("Sent");
  busy(true);
  try {
    const done = await post("send", { id, text });
    if (done.status !== 202) { busy(false); $("text").value = text; status(done.status === 403 ? "The message was refused" : done.status === 401 ? "Not logged in" : "Not taken now, send it again"); if (done.status === 401) await look(); }
  } catch { busy(false); $("text").value = text; status("Not sent, no connection"); }
});
void look();
`;
