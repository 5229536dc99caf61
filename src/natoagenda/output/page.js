"use strict";
(() => {
  const field = document.getElementById("filter");
  const found = document.getElementById("found");
  const items = [...document.querySelectorAll("main .item")];
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‐-―]/g, "-").toLowerCase();
  const words = new Map(items.map((item) => [item, fold(item.textContent)]));
  // A part without anything left in it goes too, with its heading.
  const parts = [...document.querySelectorAll("main section, main article, .timeline > li, main ul.quotes")];
  let opened = [];

  const narrow = () => {
    const wanted = fold(field.value).split(/\s+/).filter(Boolean);
    for (const details of opened) details.open = false;
    opened = [];
    let count = 0;
    for (const item of items) {
      const fits = wanted.every((word) => words.get(item).includes(word));
      item.classList.toggle("away", !fits);
      if (fits) count += 1;
      const details = item.closest("details");
      if (fits && wanted.length && details && !details.open) {
        details.open = true;
        opened.push(details);
      }
    }
    for (const part of parts) {
      const inside = [...part.querySelectorAll(".item")];
      const empty = wanted.length > 0 && inside.every((item) => item.classList.contains("away"));
      part.classList.toggle("away", empty);
      const heading = part.matches("ul.quotes") ? part.previousElementSibling : null;
      if (heading && heading.matches("h4")) heading.classList.toggle("away", empty);
    }
    found.textContent = wanted.length ? (count === 1 ? "1 place" : `${count} places`) : "";
  };

  // What a link leads to is there to be seen, also if it was folded or narrowed away.
  const reveal = (hash) => {
    const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target) return;
    if (target.closest(".away")) {
      field.value = "";
      narrow();
    }
    const details = target.closest("details");
    if (details) details.open = true;
  };

  field.closest("label").hidden = false;
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      field.value = "";
      narrow();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== field) {
      event.preventDefault();
      field.focus();
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) reveal(link.hash);
  });
  reveal(location.hash);
})();
