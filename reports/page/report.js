"use strict";
(() => {
  const $ = (q, at) => (at || document).querySelector(q), all = (q, at) => [...(at || document).querySelectorAll(q)];
  const d = JSON.parse($("#data").textContent), S = d.s, T = d.t, root = document.documentElement;
  root.classList.add("js");
  const fill = (key, ...v) => T[key].replace(/\{(\d)\}/g, (_, i) => v[i]);
  const num = n => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
  // el makes an element; texts only ever become text nodes.
  const el = (name, cls, ...kids) => {
    const e = document.createElement(name);
    if (cls) e.className = cls;
    for (const k of kids) if (k !== null && k !== undefined && k !== "") e.append(k);
    return e;
  };
  const chip = (kind, word, soft) => el("span", "chip " + (soft ? "soft " : "") + ({severity: "sev-", effort: "eff-", rung: "rung-", status: "st-", standing: "cls-"})[kind] + word, T[kind + "." + word]);
  const later = f => { let t; return () => { clearTimeout(t); t = setTimeout(f, 120); }; };

  $("#theme").onclick = () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  };

  // Objects: id schema kind name standing effort blocker high medium low info lines wave file line comment needs usedby
  const O = d.o, body = $("#otab tbody"), page = 100;
  const rank = {standing: ["unread", "refused", "read", "converted", "accepted", "compiled", "equal"], effort: ["auto", "review", "manual"]};
  const textOf = new Array(O.length);
  const objectText = i => textOf[i] || (textOf[i] = (S[O[i][1]] + "." + S[O[i][3]] + " " + S[O[i][2]] + " " + S[O[i][13]] + " " + S[O[i][15]]).toLowerCase());
  const option = (sel, values, word) => values.forEach(v => sel.append(new Option(word(v), v)));
  option($("#okind"), [...new Set(O.map(o => S[o[2]]))], v => v.toLowerCase());
  option($("#ostand"), rank.standing.filter(v => O.some(o => o[4] === v)), v => T["rung." + v]);
  option($("#oeff"), rank.effort, v => T["effort." + v]);
  option($("#feff"), rank.effort, v => T["effort." + v]);
  let rows = O.map((_, i) => i), shown = 0, key = -1, down = false;
  const value = (i, k) => {
    const v = O[i][k];
    if (k === 4) return rank.standing.indexOf(v);
    if (k === 5) return rank.effort.indexOf(v);
    return k === 2 || k === 3 || k === 13 ? S[v].toLowerCase() : v;
  };
  const count = n => n ? num(n) : el("span", "zero", "0");
  const cell = (cls, ...kids) => el("td", cls, ...kids);
  const idName = s => s.slice(s.indexOf(":") + 1).replace(/^\./, "");
  // code shows a text by its runs: a letter for the look, capital where marked, and a length.
  const code = (text, runs, first) => {
    const pre = el("pre", "");
    let line, at = 0, n = first;
    const begin = () => { line = el("span", "l", first === undefined ? null : el("i", "", String(n++))); pre.append(line); };
    begin();
    for (const m of runs.matchAll(/([a-zA-Z])(\d+)/g)) {
      const part = text.substr(at, +m[2]), cls = m[1].toLowerCase(), hit = cls !== m[1];
      at += +m[2];
      if (part === "\n") { pre.append("\n"); begin(); continue; }
      let e = cls === "o" ? document.createTextNode(part) : el("b", cls, part);
      if (hit) { e = el("mark", "", e); if (first !== undefined) line.classList.add("hit"); }
      line.append(e);
    }
    return pre;
  };
  // beside shows a text and what it becomes.
  const beside = (left, leftRuns, right, rightRuns, cut) => {
    const two = el("div", "ba", el("div", "", el("h4", "", T["side.oracle"]), code(left, leftRuns)));
    two.append(right ? el("div", "", el("h4", "", T["side.target"]), code(right, rightRuns)) : el("div", "", el("h4", "", T["side.target"]), el("p", "note", T["js.none.of"])));
    return cut ? [two, el("p", "note", T["side.cut"])] : [two];
  };
  const detail = i => {
    const o = O[i], c = cell("");
    c.colSpan = 12;
    if (d.x[i]) c.append(...beside(...d.x[i]));
    if (S[o[18]]) c.append(el("b", "", T["col.why"]), el("p", "", S[o[18]]));
    for (const [k, list] of [["js.needs", o[16]], ["js.usedby", o[17]]]) {
      if (!list.length) continue;
      const ul = el("ul", "ids");
      list.forEach(id => ul.append(el("li", "", idName(S[id]), " ", el("small", "", S[id].split(":")[0].replace(/_/g, " ")))));
      c.append(el("b", "", T[k] + " (" + num(list.length) + ")"), ul);
    }
    if (o[6] + o[7] + o[8] + o[9] + o[10]) {
      const b = el("button", "more", T["js.findings"]);
      b.type = "button";
      b.onclick = () => only(i);
      c.append(b);
    }
    return c.childNodes.length ? el("tr", "", c) : null;
  };
  const objectRow = i => {
    const o = O[i], open = el("button", "", (S[o[1]] ? S[o[1]] + "." : "") + S[o[3]]);
    open.type = "button";
    open.style.cssText = "all:unset;cursor:pointer;font-weight:600";
    open.setAttribute("aria-expanded", "false");
    const tr = el("tr", "", cell("name", open, S[o[15]] ? el("small", "", S[o[15]]) : ""), cell("nw", S[o[2]].toLowerCase()), cell("", chip("rung", o[4])), cell("", chip("effort", o[5], true)),
      ...[6, 7, 8, 9, 10].map(k => cell("r", count(o[k]))), cell("r", num(o[11])), cell("r", o[12] || ""), cell("mono", S[o[13]] + (o[14] ? ":" + o[14] : "")));
    open.onclick = () => {
      const was = tr.nextSibling && tr.nextSibling.dataset && tr.nextSibling.dataset.d === "1";
      open.setAttribute("aria-expanded", String(!was));
      if (was) return tr.nextSibling.remove();
      const dt = detail(i);
      if (dt) { dt.dataset.d = "1"; tr.after(dt); }
    };
    return tr;
  };
  const moreObjects = () => {
    const part = document.createDocumentFragment();
    rows.slice(shown, shown + page).forEach(i => part.append(objectRow(i)));
    shown = Math.min(shown + page, rows.length);
    body.append(part);
    const left = rows.length - shown, b = $("#omore");
    b.hidden = !left;
    b.textContent = fill("js.more", num(Math.min(left, page)));
    $("#ocount").textContent = fill("js.shown", num(rows.length), num(O.length));
  };
  const listObjects = () => {
    const q = $("#oq").value.trim().toLowerCase(), kind = $("#okind").value, stand = $("#ostand").value, eff = $("#oeff").value;
    rows = [];
    for (let i = 0; i < O.length; i++) {
      const o = O[i];
      if (kind && S[o[2]] !== kind || stand && o[4] !== stand || eff && o[5] !== eff || q && !objectText(i).includes(q)) continue;
      rows.push(i);
    }
    if (key >= 0) {
      rows.sort((a, b) => { const x = value(a, key), y = value(b, key); return (x < y ? -1 : x > y ? 1 : a - b) * (down && x !== y ? -1 : 1); });
    }
    body.textContent = "";
    shown = 0;
    moreObjects();
  };
  all("#otab th").forEach(th => {
    const b = el("button", "", th.textContent), k = +th.dataset.k;
    b.type = "button";
    th.textContent = "";
    th.append(b);
    b.onclick = () => {
      down = key === k ? !down : k >= 6 && k <= 12;
      key = k;
      all("#otab th").forEach(t => t.removeAttribute("aria-sort"));
      th.setAttribute("aria-sort", down ? "descending" : "ascending");
      listObjects();
    };
  });
  $("#omore").onclick = moreObjects;
  $("#oq").oninput = later(listObjects);
  ["#okind", "#ostand", "#oeff"].forEach(q => { $(q).onchange = listObjects; });
  listObjects();

  // Findings: group severity effort object owner file line col message advice first source runs
  const F = d.f, step = 25, groups = all("#groups > details");
  const from = [];
  d.r.reduce((at, n, g) => { from[g] = at; return at + n; }, 0);
  const keys = new Array(F.length);
  const findingText = i => {
    const f = F[i];
    return keys[i] || (keys[i] = [S[f[3]], S[f[5]], S[f[8]], S[f[9]], f[11]].join("\n").toLowerCase());
  };
  const article = i => {
    const f = F[i], id = S[f[3]], at = el("div", "at", chip("severity", f[1]));
    if (id) at.append(el("b", "", idName(id)), el("span", "", id.split(":")[0].replace(/_/g, " ")));
    if (S[f[5]]) at.append(el("span", "mono", S[f[5]] + (f[6] ? ":" + f[6] + ":" + f[7] : "")));
    if (f[13]) at.append(chip("status", f[13], true));
    return el("article", "", at, el("p", "", S[f[8]]), S[f[9]] ? el("p", "adv", S[f[9]]) : null, f[14] && S[f[14]] ? el("p", "adv", S[f[14]]) : null, f[11] ? code(f[11], f[12], f[10]) : null);
  };
  let fits = groups.map((_, g) => Array.from({length: d.r[g]}, (_, k) => from[g] + k)), owner = -1;
  const show = (g, fresh) => {
    const det = groups[g];
    if (!det.open) return;
    const list = $(".list", det), old = $(".more", det);
    if (fresh) { list.textContent = ""; det.dataset.n = "0"; }
    if (old) old.remove();
    const n = +det.dataset.n || 0, part = document.createDocumentFragment();
    fits[g].slice(n, n + step).forEach(i => part.append(article(i)));
    list.append(part);
    const now = Math.min(n + step, fits[g].length), left = fits[g].length - now;
    det.dataset.n = String(now);
    if (left) {
      const b = el("button", "more", fill("js.more", num(Math.min(left, step))));
      b.type = "button";
      b.onclick = () => show(g, false);
      list.after(b);
    }
  };
  const filter = () => {
    const q = $("#fq").value.trim().toLowerCase(), eff = $("#feff").value, sev = new Set(all("#fsev input:checked").map(x => x.value));
    let total = 0;
    groups.forEach((det, g) => {
      const got = [];
      for (let i = from[g]; i < from[g] + d.r[g]; i++) {
        const f = F[i];
        if (!sev.has(f[1]) || eff && f[2] !== eff || owner >= 0 && f[4] !== owner || q && !findingText(i).includes(q)) continue;
        got.push(i);
      }
      fits[g] = got;
      total += got.length;
      det.hidden = !got.length;
      $(".cnt b", det).textContent = num(got.length);
      show(g, true);
    });
    $("#fcount").textContent = total ? fill("js.shown", num(total), num(F.length)) : T["js.none"];
  };
  const only = i => {
    owner = i;
    const tag = $("#fobj");
    tag.hidden = i < 0;
    if (i >= 0) $("span", tag).textContent = fill("js.objectfilter", idName(S[O[i][0]]));
    filter();
    if (i >= 0) {
      groups.forEach((det, g) => { if (!det.hidden && fits[g].length <= step) det.open = true; });
      $("#findings").scrollIntoView();
    }
  };
  groups.forEach((det, g) => det.addEventListener("toggle", () => show(g, true)));
  $("#fobj button").onclick = () => only(-1);
  $("#fq").oninput = later(filter);
  $("#feff").onchange = filter;
  $("#fsev").onchange = filter;
  filter();
  // Workload: class standing effort executions elapsed text runs converted runs why places findings more modules cut id
  const W = d.w, wlist = $("#wlist");
  if (wlist) {
    const wkeys = new Array(W.length), wstep = 50;
    const wtext = i => wkeys[i] || (wkeys[i] = [W[i][5], W[i][7], S[W[i][13]], W[i][15], ...W[i][10].map(p => S[p]), ...W[i][11].map(f => S[f[0]])].join("\n").toLowerCase());
    let fit = [], upto = 0;
    const statement = i => {
      const w = W[i], body = el("div", "body"), det = el("details", "rule cls-" + w[0],
        el("summary", "", chip("standing", w[0]), el("span", "ttl mono one", w[5].slice(0, 200)), el("span", "cnt", el("b", "", num(w[3])), " \u00d7, ", num(w[4]), " ms")), body);
      det.id = "sql-" + w[15];
      det.addEventListener("toggle", () => {
        if (!det.open || body.childNodes.length) return;
        if (S[w[9]]) body.append(el("p", "doc", S[w[9]]));
        body.append(...(w[5] === w[7] ? [el("p", "note", T["side.same"]), code(w[5], w[6])] : beside(w[5], w[6], w[7], w[8], w[14])));
        w[11].forEach(f => body.append(el("p", "", chip("severity", f[1]), " ", el("span", "mono", S[f[0]]), " ", S[f[2]])));
        const at = el("ul", "plain mono");
        w[10].forEach(p => at.append(el("li", "", S[p])));
        if (w[12]) at.append(el("li", "", "+" + num(w[12])));
        body.append(el("h4", "", T["col.place"]), at);
      });
      return det;
    };
    const moreStatements = () => {
      const part = document.createDocumentFragment();
      fit.slice(upto, upto + wstep).forEach(i => part.append(statement(i)));
      upto = Math.min(upto + wstep, fit.length);
      wlist.append(part);
      const left = fit.length - upto, b = $("#wmore");
      b.hidden = !left;
      b.textContent = fill("js.more", num(Math.min(left, wstep)));
      $("#wcount").textContent = fit.length ? fill("js.shown", num(fit.length), num(W.length)) : T["js.none"];
    };
    const listStatements = () => {
      const q = $("#wq").value.trim().toLowerCase(), cls = $("#wcls").value;
      fit = [];
      for (let i = 0; i < W.length; i++) if (!(cls && W[i][0] !== cls || q && !wtext(i).includes(q))) fit.push(i);
      wlist.textContent = "";
      upto = 0;
      moreStatements();
    };
    $("#wmore").onclick = moreStatements;
    $("#wq").oninput = later(listStatements);
    $("#wcls").onchange = listStatements;
    listStatements();
  }
  const openTarget = () => {
    const det = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (det && det.tagName === "DETAILS") { det.open = true; det.scrollIntoView(); }
  };
  addEventListener("hashchange", openTarget);
  openTarget();
  addEventListener("beforeprint", () => groups.concat(all(".waves details")).slice(0, 200).forEach(x => { x.open = true; }));
})();
