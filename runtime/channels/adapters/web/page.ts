/** The page. It holds no data: everything that is said comes later, and is put in as text. */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Chat</title>
<link rel="stylesheet" href="style.css">
<script src="app.js" defer></script>
</head>
<body>
<a class="skip" href="#text">Skip to the message field</a>
<header><h1>Chat</h1><p id="status" role="status">Connecting</p></header>
<main>
<noscript><p>This page needs JavaScript.</p></noscript>
<section id="enter" aria-labelledby="enter-title" hidden>
<h2 id="enter-title">Come in</h2>
<p id="enter-text">Type the code an operator gave you, or ask to be let in.</p>
<form id="enter-form" autocomplete="off">
<label for="code">Code</label>
<input id="code" name="code" type="text" inputmode="text" autocapitalize="characters" spellcheck="false" maxlength="20" aria-describedby="enter-text">
<div class="buttons"><button type="submit">Enter</button><button type="button" id="ask">Ask to be let in</button></div>
</form>
<p id="pairing" hidden>Tell the operator this code: <strong id="pairing-code"></strong>. This page goes on by itself when it is approved.</p>
</section>
<section id="talk" aria-labelledby="talk-title" hidden>
<h2 id="talk-title" class="unseen">Conversation</h2>
<div id="log" role="log" aria-live="polite" aria-relevant="additions" aria-labelledby="talk-title" tabindex="0"></div>
<div id="draft" aria-hidden="true" hidden></div>
<form id="send-form">
<label for="text">Message</label>
<textarea id="text" name="text" rows="3" maxlength="60000" aria-describedby="hint"></textarea>
<p id="hint">Enter sends, Shift and Enter begin a new line.</p>
<div class="buttons"><button type="submit">Send</button><button type="button" id="stop" disabled>Stop the answer</button><button type="button" id="leave">Leave</button></div>
</form>
</section>
</main>
</body>
</html>
`;

export const STYLE = `:root { color-scheme: light dark; --back: #ffffff; --text: #1b1b1f; --soft: #f0f1f4; --line: #5f6470; --accent: #0b57a4; --on: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --back: #16171a; --text: #ececf1; --soft: #26282d; --line: #9aa0ab; --accent: #8ab8f5; --on: #0d1b2c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; min-height: 100vh; display: flex; flex-direction: column; padding: 0.75rem; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem; }
h1 { font-size: 1.25rem; margin: 0; } h2 { font-size: 1.1rem; } #status { margin: 0; }
main { flex: 1; display: flex; flex-direction: column; }
#talk { flex: 1; display: flex; flex-direction: column; } #talk[hidden] { display: none; }
#log { flex: 1; margin: 0.5rem 0; padding: 0.25rem; min-height: 40vh; max-height: 65vh; overflow-y: auto; overflow-wrap: anywhere; }
#log .entry, #draft { margin: 0.5rem 0; padding: 0.5rem 0.75rem; border-radius: 0.5rem; background: var(--soft); }
#log .you { border-inline-start: 0.25rem solid var(--accent); }
.who { font-weight: 600; margin: 0; } p { margin: 0.25rem 0; }
pre { overflow-x: auto; white-space: pre-wrap; padding: 0.5rem; border: 1px solid var(--line); border-radius: 0.25rem; }
code { font-family: ui-monospace, monospace; }
label { display: block; font-weight: 600; }
input, textarea { width: 100%; font: inherit; padding: 0.5rem; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 0.35rem; }
button { font: inherit; min-height: 2.75rem; padding: 0.4rem 0.9rem; border: 1px solid var(--accent); border-radius: 0.35rem; background: var(--back); color: var(--accent); cursor: pointer; }
button[type="submit"] { background: var(--accent); color: var(--on); }
button:disabled { color: var(--line); border-color: var(--line); cursor: default; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 0.5rem; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { position: static; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none; }
@media (prefers-reduced-motion: no-preference) { #log { scroll-behavior: smooth; } }
`;
