// Ticks and measures stay in this browser, under the job and the revision of its plan.
document.querySelectorAll("input").forEach(box => {
  const key = document.body.id + box.id, tick = box.type === "checkbox";
  const shade = () => { if (tick && box.closest("li")) box.closest("li").classList.toggle("done", box.checked); };
  let kept = null;
  try { kept = localStorage.getItem(key); } catch (e) { /* a page opened where nothing may be kept */ }
  if (tick) box.checked = kept === "1"; else box.value = kept || "";
  shade();
  box.onchange = () => {
    shade();
    try { localStorage.setItem(key, tick ? (box.checked ? "1" : "0") : box.value); } catch (e) { /* as above */ }
  };
});
