// The question before an act: answers true when the person agrees.
export function ask(text) {
  const box = document.querySelector("#confirm");
  document.querySelector("#confirm-text").textContent = text;
  box.returnValue = "no";
  box.showModal();
  return new Promise((answer) => {
    box.addEventListener("close", () => answer(box.returnValue === "yes"), { once: true });
  });
}
