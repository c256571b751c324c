// Which view copied settings open at: the one that the reader used last, unless another is chosen.
for (const name of ["click", "focusin", "toggle"])
  document.addEventListener(
    name,
    ({ target }) => {
      const view = target.closest?.("[data-view]");
      if (view) byId("open-at").value = view.dataset.view;
    },
    true,
  );

const with_view = (string) => (byId("open-at").value ? `${string}&view=${byId("open-at").value}` : string);

// Goes to a view, as somebody would who opens it there; what is simulated only when asked for is asked for.
function go_to(view) {
  byId("open-at").value = view;
  byId(`ask-${view}`)?.click();
  const title = byId(`title-${view}`);
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  title.scrollIntoView();
}
