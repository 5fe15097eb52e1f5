// Says in words when a passkey could not be used; the ceremony itself is allauth's script.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const live = document.getElementById("live");
  const words = document.querySelector("[data-passkey-failed]");
  if (!live || !words) return;
  live.textContent = words.dataset.passkeyFailed;
  live.hidden = false;
  live.scrollIntoView({ block: "center" });
});
