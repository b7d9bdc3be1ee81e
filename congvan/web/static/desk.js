// Comfort only: every page works without it. Places lit both ways, keys, dropping files, progress.
"use strict";
(() => {
  const meta = name => document.querySelector(`meta[name="${name}"]`).content;
  const prefix = meta("prefix"), token = meta("csrf");
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = words => { const box = document.getElementById("said"); box.textContent = words; setTimeout(() => { if (box.textContent === words) box.textContent = ""; }, 4000); };
  const text = name => document.body.dataset[name] || "";

  // A value and its places on the page light each other.
  const isSame = (one, other) => one === other || one.startsWith(other + "/") || other.startsWith(one + "/");
  function light(pointer, scroll) {
    let first = null;
    for (const each of all("[data-at]")) {
      const lit = pointer !== null && isSame(each.dataset.at, pointer);
      each.classList.toggle("lit", lit);
      if (lit && !first && (each.tagName === "rect" || each.classList.contains("quoted"))) first = each;
    }
    if (scroll && first) show(first);
    return first;
  }
  function show(place) {
    const pane = place.closest(".pages");
    const box = place.getBoundingClientRect();
    if (!pane || getComputedStyle(pane).overflowY === "visible") { place.scrollIntoView({ block: "center" }); return; }
    const frame = pane.getBoundingClientRect();
    if (box.top < frame.top + 20 || box.bottom > frame.bottom - 20) pane.scrollTop += box.top - frame.top - frame.height / 3;
  }
  let kept = null;
  for (const each of all("rect.lit, .quoted.lit")) { kept = each.dataset.at; show(each); break; }
  document.addEventListener("mouseover", event => { const at = event.target.closest?.("[data-at]"); light(at ? at.dataset.at : kept, false); });
  document.addEventListener("focusin", event => { const at = event.target.closest?.("[data-at]"); if (at) { kept = at.dataset.at; light(kept, true); } });
  document.addEventListener("click", event => {
    const at = event.target.closest?.("[data-at]");
    if (!at) return;
    if (at.tagName === "A" && light(at.dataset.at, true)) { event.preventDefault(); kept = at.dataset.at; }
    if (at.tagName === "rect") {
      kept = at.dataset.at; light(kept, false);
      const value = all("a[data-at], [data-field]").find(each => isSame(each.dataset.at || each.dataset.field, kept));
      if (value) { value.scrollIntoView({ block: "center" }); value.focus({ preventScroll: true }); }
    }
  });

  // Keys: / search, C copies a table, and what the review page adds.
  const typing = target => /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  const copy = id => { const rows = all(`#${id} tr`).map(row => all("th, td", row).map(cell => cell.textContent.trim().replace(/\s+/g, " ")).join("\t")); navigator.clipboard.writeText(rows.join("\n")).then(() => say(`${rows.length - 1} ✓`)); };
  for (const each of all("[data-copy]")) each.addEventListener("click", () => copy(each.dataset.copy));
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (event.key === "/") { const box = document.querySelector(".find input"); if (box) { event.preventDefault(); box.focus(); box.select(); } }
    if (event.key === "c" && document.querySelector("[data-copy]")) copy(document.querySelector("[data-copy]").dataset.copy);
    const key = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (key) { event.preventDefault(); key.click(); }
  });

  // The review: Enter takes what is typed, or the suggestion, and goes on; Esc leaves the place open and goes on.
  const doubts = all(".doubt input[data-field]");
  const next = from => doubts[doubts.indexOf(from) + 1];
  for (const input of doubts) {
    input.addEventListener("keydown", event => {
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault();
        if (!input.value && input.dataset.guess) input.value = input.dataset.guess;
        input.dataset.open = ""; mark(input);
        const to = next(input); to ? to.focus() : input.form.requestSubmit();
      }
      if (event.key === "Escape") { event.preventDefault(); input.value = input.dataset.first || ""; input.dataset.open = "1"; mark(input); (next(input) || document.querySelector("[data-finish]")).focus(); }
    });
    input.addEventListener("focus", () => input.select());
  }
  const mark = input => {
    const box = input.closest(".doubt");
    const state = box.querySelector('input[type="hidden"][data-state]');
    if (state) state.value = input.dataset.open ? "open" : "taken";
    box.classList.toggle("settled", !input.dataset.open);
  };

  // Files dropped anywhere.
  const dropForm = document.querySelector("form[data-upload]");
  async function entriesOf(items) {
    const found = [];
    const walk = async entry => {
      if (entry.isFile) { found.push(await new Promise((done, failed) => entry.file(done, failed))); return; }
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, failed) => reader.readEntries(done, failed));
        if (!some.length) return;
        for (const each of some) await walk(each);
      }
    };
    for (const entry of items) await walk(entry);
    return found;
  }
  function send(files) {
    if (!files.length) return;
    const data = new FormData();
    for (const file of files) data.append("tep", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", prefix + "/nap-tep");
    request.setRequestHeader("x-csrf-token", token);
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = event => { if (event.lengthComputable) say(`${Math.round(100 * event.loaded / event.total)} %`); };
    request.onload = () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { answer = { detail: request.responseText }; }
      if (request.status < 300) location.href = prefix + "/nap-tep/" + answer.key; else say(answer.detail || request.status);
    };
    request.onerror = () => say(text("lost"));
    request.send(data);
  }
  if (text("drop")) {
    let depth = 0;
    const files = event => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
    document.addEventListener("dragenter", event => { if (files(event)) { depth += 1; document.body.classList.add("dropping"); event.preventDefault(); } });
    document.addEventListener("dragover", event => { if (files(event)) event.preventDefault(); });
    document.addEventListener("dragleave", event => { if (files(event) && (depth -= 1) <= 0) { depth = 0; document.body.classList.remove("dropping"); } });
    document.addEventListener("drop", async event => {
      if (!files(event)) return;
      event.preventDefault(); depth = 0; document.body.classList.remove("dropping");
      const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
      send(entries.length ? await entriesOf(entries) : [...event.dataTransfer.files]);
    });
  }
  if (dropForm) dropForm.addEventListener("submit", event => { event.preventDefault(); send(all('input[type="file"]', dropForm).flatMap(input => [...input.files])); });

  // Progress of an upload, file by file.
  const watched = document.querySelector("[data-events]");
  if (watched) {
    const source = new EventSource(watched.dataset.events);
    source.addEventListener("taken", event => {
      const one = JSON.parse(event.data);
      const row = document.createElement("tr");
      const cell = (words, name) => { const made = document.createElement("td"); made.textContent = words; if (name) made.className = name; row.append(made); return made; };
      const first = cell("");
      if (one.address) { const link = document.createElement("a"); link.href = prefix + one.address; link.textContent = one.name; first.append(link); } else first.textContent = one.name;
      cell(one.words, "outcome " + one.outcome); cell(one.reason || "");
      watched.append(row);
      const bar = document.querySelector("progress"); if (bar) bar.value = one.number;
      const count = document.querySelector("[data-count]"); if (count) count.textContent = one.number;
    });
    source.addEventListener("finished", event => { source.close(); document.querySelector("[data-finished]").hidden = false; const trouble = JSON.parse(event.data).trouble; if (trouble) say(trouble); });
  }
})();
