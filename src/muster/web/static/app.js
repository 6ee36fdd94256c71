/* Small behaviour for every page. ES2018, no eval, no build. Pages ask for it by data attributes;
   words come from data attributes of <body>. Nothing personal is ever put into browser storage. */
(function () {
  "use strict";

  var words = function (name) { return document.body.dataset[name] || ""; };
  var all = function (selector, root) { return Array.from((root || document).querySelectorAll(selector)); };

  function toast(text, options) {
    var settings = options || {};
    var box = document.createElement("div");
    box.className = "m-toast" + (settings.bad ? " is-bad" : "");
    var label = document.createElement("span");
    label.textContent = text;
    box.append(label);
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = settings.action || words("close");
    button.addEventListener("click", function () {
      box.remove();
      if (settings.onAction) { settings.onAction(); }
    });
    box.append(button);
    document.getElementById("toasts").append(box);
    if (!settings.stay) { setTimeout(function () { box.remove(); }, 6000); }
  }

  /* htmx: a broken line keeps the form and offers to send it again; a page that comes where a piece
     was asked for is the sign-in page after the session ended. */
  function watchHtmx() {
    document.body.addEventListener("htmx:sendError", function (event) {
      var source = event.detail.elt;
      if (source.matches(".m-progress")) {
        setTimeout(function () {
          window.htmx.ajax("GET", source.getAttribute("hx-get"), { target: source, swap: "outerHTML" });
        }, 5000);
        return;
      }
      toast(words("offline"), {
        bad: true, stay: true, action: words("retry"),
        onAction: function () { resend(source); }
      });
    });
    document.body.addEventListener("htmx:responseError", function () {
      toast(words("broken"), { bad: true, stay: true });
    });
    document.body.addEventListener("htmx:beforeSwap", function (event) {
      if (/^\s*<!doctype/i.test(event.detail.xhr.responseText)) {
        event.detail.shouldSwap = false;
        clean(document);
        window.location.assign(event.detail.xhr.responseURL || window.location.href);
      }
    });
    document.body.addEventListener("htmx:load", function (event) { prepare(event.detail.elt); });
    document.body.addEventListener("toast", function (event) { toast(event.detail.value || ""); });
  }

  function resend(source) {
    if (source.tagName === "FORM") {
      if (source.requestSubmit) { source.requestSubmit(); } else { source.submit(); }
    } else { source.click(); }
  }

  /* Unsaved work: forms marked data-guard ask before the page is left. */
  function guard(form) {
    form.addEventListener("input", function () { form.dataset.dirty = "1"; });
    form.addEventListener("submit", function (event) {
      if (navigator.onLine === false && !form.hasAttribute("hx-post")) {
        event.preventDefault();
        toast(words("offline"), { bad: true, stay: true, action: words("retry"), onAction: function () { resend(form); } });
        return;
      }
      delete form.dataset.dirty;
    });
  }

  function clean(root) { all("form[data-dirty]", root).forEach(function (form) { delete form.dataset.dirty; }); }

  window.addEventListener("beforeunload", function (event) {
    if (document.querySelector("form[data-dirty]")) {
      event.preventDefault();
      event.returnValue = words("unsaved");
    }
  });

  /* Keyboard: Ctrl+S saves, Enter goes to the next field, "/" goes to the search, Esc closes. */
  function keys(event) {
    var field = event.target;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      var form = (field.closest && field.closest("main form")) || document.querySelector("form[data-guard]");
      if (form && !form.hasAttribute("data-bulk")) {
        event.preventDefault();
        if (form.requestSubmit) { form.requestSubmit(); } else { form.submit(); }
      }
    } else if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(field.tagName)) {
      var search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); }
    } else if (event.key === "Escape") {
      all("details.m-menu[open], details.m-confirm[open]").forEach(function (open) { open.open = false; });
      side(false);
    } else if (event.key === "Enter" && !event.isComposing && field.matches && field.matches("form[data-enter-next] input, form[data-enter-next] select")) {
      next(field, event);
    }
  }

  function next(field, event) {
    var fields = all("input:not([type=hidden]):not([disabled]), select, textarea, button:not([type=button])", field.form);
    var follower = fields[fields.indexOf(field) + 1];
    if (follower && field.type !== "submit") {
      event.preventDefault();
      follower.focus();
      if (follower.select && follower.tagName === "INPUT") { follower.select(); }
    }
  }

  /* Bulk bar: ticks on this page, or everything that the filter shows. */
  function bulk(form) {
    var bar = form.querySelector("[data-bulk-bar]");
    if (!bar) { return; }
    var everything = form.querySelector("[data-everything]");
    var refresh = function () {
      var picks = all("[data-pick]", form);
      var picked = picks.filter(function (box) { return box.checked; });
      var whole = everything.value === "1";
      picks.forEach(function (box) { box.closest("tr").classList.toggle("is-picked", box.checked); });
      bar.hidden = picked.length === 0;
      bar.querySelector("[data-bulk-count]").textContent = whole ? form.dataset.total : picked.length;
      var head = form.querySelector("[data-pick-all]");
      head.checked = picks.length > 0 && picked.length === picks.length;
      head.indeterminate = picked.length > 0 && !head.checked;
    };
    var set = function (on, whole) {
      all("[data-pick]", form).forEach(function (box) { box.checked = on; });
      everything.value = whole ? "1" : "";
      refresh();
    };
    form.addEventListener("change", function (event) {
      if (event.target.matches("[data-pick-all]")) { set(event.target.checked, false); }
      if (event.target.matches("[data-pick]")) { everything.value = ""; refresh(); }
    });
    form.addEventListener("click", function (event) {
      if (event.target.closest("[data-bulk-all]")) { set(true, true); }
      if (event.target.closest("[data-bulk-none]")) { set(false, false); }
    });
    refresh();
  }

  /* Paste from WPS or Excel into a table of inputs: fills to the right and down, blanks trimmed,
     full-width digits made plain; nothing is saved until the person saves. */
  function paste(event) {
    var start = event.target.closest && event.target.closest("[data-grid] input");
    var text = start && event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!start || !/[\t\n]/.test(text.trim())) { return; }
    event.preventDefault();
    var inputs = function (row) { return all("input:not([type=hidden]):not([type=checkbox])", row); };
    var rows = all("tbody tr", start.closest("[data-grid]"));
    var top = rows.indexOf(start.closest("tr"));
    var left = inputs(rows[top]).indexOf(start);
    text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").forEach(function (line, down) {
      if (!rows[top + down]) { return; }
      var cells = inputs(rows[top + down]);
      line.split("\t").forEach(function (value, right) {
        if (cells[left + right]) { cells[left + right].value = tidy(value); }
      });
    });
    start.dispatchEvent(new Event("input", { bubbles: true }));
    toast(words("pasted"));
  }

  function tidy(value) {
    return value.trim().replace(/[０-９]/g, function (digit) { return String.fromCharCode(digit.charCodeAt(0) - 0xFEE0); });
  }

  function copy(text) {
    var done = function () { toast(words("copied")); };
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(done, function () { copyByHand(text, done); });
    } else { copyByHand(text, done); }
  }

  function copyByHand(text, done) {
    /* Without HTTPS the clipboard API is absent. */
    var area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    if (document.execCommand("copy")) { done(); }
    area.remove();
  }

  function side(open) {
    var menu = document.getElementById("side");
    if (!menu) { return; }
    menu.classList.toggle("is-open", open);
    var button = document.querySelector("[data-side=open]");
    if (button) { button.setAttribute("aria-expanded", String(open)); }
    if (open) { menu.querySelector("a").focus(); }
  }

  function clicks(event) {
    var target = event.target;
    all("details.m-menu[open]").forEach(function (menu) {
      if (!menu.contains(target)) { menu.open = false; }
    });
    var hit = target.closest("[data-print],[data-copy],[data-toggle],[data-side],[data-close-details]");
    if (!hit) {
      if (!target.closest("#side")) { side(false); }
      return;
    }
    if (hit.dataset.side) { event.preventDefault(); side(hit.dataset.side === "open"); }
    if ("print" in hit.dataset) { window.print(); }
    if ("closeDetails" in hit.dataset) { hit.closest("details").open = false; }
    if (hit.dataset.copy) {
      var source = hit.dataset.copy.charAt(0) === "#" ? document.querySelector(hit.dataset.copy) : null;
      copy(source ? (source.value || source.textContent).trim() : hit.dataset.copy);
    }
    if (hit.dataset.toggle) {
      var part = document.querySelector(hit.dataset.toggle);
      part.hidden = !part.hidden;
      hit.setAttribute("aria-expanded", String(!part.hidden));
    }
  }

  function fresh(form) {
    var first = !form.dataset.ready;
    form.dataset.ready = "1";
    return first;
  }

  function prepare(root) {
    var within = function (selector) {
      return (root.matches && root.matches(selector) ? [root] : []).concat(all(selector, root));
    };
    within("form[data-guard]").filter(fresh).forEach(guard);
    within("form[data-bulk]").filter(fresh).forEach(bulk);
    within("[data-focus]").filter(fresh).slice(0, 1).forEach(function (part) { part.focus(); });
  }

  document.addEventListener("DOMContentLoaded", function () {
    watchHtmx();
    document.addEventListener("keydown", keys);
    document.addEventListener("click", clicks);
    document.addEventListener("paste", paste);
    prepare(document);
  });
}());
