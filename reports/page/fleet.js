"use strict";
(() => {
  const $ = q => document.querySelector(q), all = (q, at) => [...(at || document).querySelectorAll(q)], root = document.documentElement;
  root.classList.add("js");
  $("#theme").onclick = () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  };

  // Databases: rows stand in the page; the script hides and sorts them. A cell's value to sort by is data-v, or its text.
  const body = $("#dbs tbody"), rows = all("tr", body), count = $("#dcount");
  const text = rows.map(r => r.textContent.toLowerCase());
  const draw = () => {
    const words = $("#dq").value.toLowerCase().split(/\s+/).filter(Boolean), size = $("#dsize").value, wave = $("#dwave").value;
    let n = 0;
    rows.forEach((r, i) => {
      r.hidden = !(words.every(w => text[i].includes(w)) && (!size || r.dataset.size === size) && (!wave || r.dataset.wave === wave));
      if (!r.hidden) n++;
    });
    count.textContent = count.dataset.text.replace("{0}", n).replace("{1}", rows.length);
  };
  let timer;
  $("#dq").oninput = () => { clearTimeout(timer); timer = setTimeout(draw, 120); };
  $("#dsize").onchange = $("#dwave").onchange = draw;
  draw();

  const place = new Map(rows.map((r, i) => [r, i]));
  all("#dbs thead th").forEach((th, k) => {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = th.textContent;
    th.replaceChildren(b);
    b.onclick = () => {
      const down = th.ariaSort === "ascending";
      all("#dbs thead th").forEach(o => o.removeAttribute("aria-sort"));
      th.ariaSort = down ? "descending" : "ascending";
      const value = r => { const c = r.cells[k], v = c.dataset.v; return v === undefined ? c.textContent.trim().toLowerCase() : v === "" ? -1 : +v; };
      const list = [...rows].sort((a, c) => { const x = value(a), y = value(c); return (x < y ? -1 : x > y ? 1 : place.get(a) - place.get(c)) * (down ? -1 : 1); });
      body.append(...list);
    };
  });
})();
