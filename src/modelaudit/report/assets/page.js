"use strict";
(() => {
  const findings = [...document.querySelectorAll(".finding")];
  const search = document.getElementById("search");
  if (!search) return; // nothing was found: there is nothing to filter
  const boxes = [...document.querySelectorAll(".filters input[type=checkbox]")];
  const shown = document.getElementById("shown");

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const levels = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let count = 0;
    for (const finding of findings) {
      const text = finding.textContent.toLowerCase();
      const fits = levels.has(finding.dataset.risk) && words.every((word) => text.includes(word));
      finding.hidden = !fits;
      count += fits;
    }
    shown.textContent = `${count} of ${findings.length} shown`;
  }

  function reveal() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    if (target.matches(".finding")) {
      target.hidden = false;
      target.open = true;
    }
    target.scrollIntoView();
  }

  function step(direction) {
    const visible = findings.filter((finding) => !finding.hidden).map((finding) => finding.firstElementChild);
    const at = visible.indexOf(document.activeElement);
    const next = visible[at < 0 ? 0 : at + direction];
    if (next) next.focus();
  }

  search.addEventListener("input", filter);
  boxes.forEach((box) => box.addEventListener("change", filter));
  document.getElementById("expand").addEventListener("click", () => {
    const open = findings.some((finding) => !finding.hidden && !finding.open);
    for (const finding of findings) if (!finding.hidden) finding.open = open;
  });
  addEventListener("hashchange", reveal);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === search) {
      if (event.key === "Escape") { search.value = ""; filter(); search.blur(); }
      return;
    }
    if (event.key === "/") { event.preventDefault(); search.focus(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });
  document.getElementById("controls").hidden = false;
  filter();
  reveal();
})();
