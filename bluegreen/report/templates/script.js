// The page reads the same without this. A browser that opens no folded part by itself does so for links and for print.
addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details")) one.open = true; });
const unfold = () => {
  for (let one = document.getElementById(location.hash.slice(1)); one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
};
addEventListener("hashchange", unfold);
unfold();
