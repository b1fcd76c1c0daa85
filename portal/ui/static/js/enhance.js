/* The portal works without this. It shows "print" buttons, suggestions below the search box, and a way out without a way
   back. */
document.documentElement.classList.add("with-script");
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

/* Who leaves in a hurry: “back” does not lead here again. */
document.addEventListener("click", (event) => {
  const exit = event.target.closest("[data-exit]");
  if (!exit || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.replace(exit.href);
});

/* Suggestions: a plain list of links below the box, reached with Tab. Escape closes it. Nothing is kept. */
for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  list.className = "plain suggestions";
  list.hidden = true;
  const told = document.createElement("p");
  told.className = "unseen";
  told.setAttribute("role", "status");
  input.closest(".ask__row").after(list, told);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // a press keeps the list until it is a click
  let waiting, asked = 0;

  const show = (found) => {
    list.replaceChildren(...found.map(({ text, href }) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = href;
      link.textContent = text;
      link.dir = "auto";
      item.append(link);
      return item;
    }));
    list.hidden = !found.length;
    told.textContent = found.length ? input.dataset.suggestFound + found.length : "";
  };

  const close = () => { clearTimeout(waiting); asked++; show([]); };

  const ask = async () => {
    const number = ++asked, typed = input.value.trim();
    if (typed.length < 2) return show([]);
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      if (answer.ok && number === asked) show(await answer.json());
    } catch { show([]); }
  };

  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 180); });
  input.form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    event.preventDefault(); // or the browser empties the box as well
    close();
    input.focus();
  });
  input.form.addEventListener("focusout", (event) => {
    if (!input.form.contains(event.relatedTarget)) setTimeout(close, 150);
  });
}
