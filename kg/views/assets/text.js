
"use strict";
(function () {
  const article = document.querySelector("article");
  const aside = document.querySelector("aside");
  const pieces = [...article.querySelectorAll(".t")].map((piece) => [Number(piece.id.slice(1)), piece]);

  // A fact shows the words it rests on, from the first to the last.
  aside.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-start]");
    if (!link) return;
    event.preventDefault();
    const [start, end] = [Number(link.dataset.start), Number(link.dataset.end)];
    let first = null;
    for (const [place, piece] of pieces) {
      const inside = place >= start && place < end;
      piece.classList.toggle("on", inside);
      if (inside && !first) first = piece;
    }
    if (first) first.scrollIntoView({ block: "center" });
  });

  // A name in the text shows the facts that speak of it.
  article.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-entity]");
    let first = null;
    for (const row of aside.querySelectorAll("li")) {
      const hit = Boolean(mark) && row.dataset.entities.split(" ").includes(mark.dataset.entity);
      row.classList.toggle("hit", hit);
      if (hit && !first) first = row;
    }
    if (first) first.scrollIntoView({ block: "center" });
  });

  document.getElementById("legend").addEventListener("change", (event) => {
    for (const mark of article.querySelectorAll("mark")) {
      if (mark.dataset.type === event.target.value) mark.classList.toggle("plain", !event.target.checked);
    }
  });
  document.documentElement.dataset.ready = "yes";
})();
