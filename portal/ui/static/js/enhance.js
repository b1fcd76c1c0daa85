/* The portal works without this. It only shows "print" buttons, which need a script to do anything. */
document.documentElement.classList.add("with-script");
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
