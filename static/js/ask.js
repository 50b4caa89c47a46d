// The question before an act: answers true when the person agrees. `yes` are the words of the agreeing button.
export function ask(text, yes = "") {
  const box = document.querySelector("#confirm");
  const button = document.querySelector("#confirm-yes");
  const usual = button.textContent;
  document.querySelector("#confirm-text").textContent = text;
  if (yes) button.textContent = yes;
  box.returnValue = "no";
  box.showModal();
  return new Promise((answer) => {
    const close = () => {
      button.textContent = usual;
      answer(box.returnValue === "yes");
    };
    box.addEventListener("close", close, { once: true });
  });
}
