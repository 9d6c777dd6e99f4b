// Unfolds everything and tells the frame around this page what a reader could not read.
const words = (one) => `${one.tagName} ${one.getAttribute("class") ?? ""}: ${one.textContent.trim().slice(0, 40)}`;
const shown = (one) => one.getClientRects().length > 0 && !one.closest(".unseen");
const own = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
const light = ([red, green, blue]) =>
  [red, green, blue].reduce((sum, value, index) => {
    const part = value / 255;
    return sum + [0.2126, 0.7152, 0.0722][index] * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
const ground = (one) => {
  for (let at = one; at; at = at.parentElement) {
    const [red, green, blue, opacity = 1] = parts(getComputedStyle(at).backgroundColor);
    if (opacity === 1) return [red, green, blue];
  }
  throw new Error("no ground");
};
const contrast = (one) => {
  const style = getComputedStyle(one);
  const [high, low] = [light(parts(one.closest("svg") ? style.fill : style.color)), light(ground(one))].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};
const apart = (one, other) => one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
// A line of text is taller than its letters: only these matter.
const letters = (one) => {
  const { left, right, top, bottom } = one.getBoundingClientRect();
  return { left, right, top: top + 2, bottom: bottom - 2 };
};

const collisions = (svg) => {
  const labels = [...svg.querySelectorAll("text")];
  return labels.flatMap((one, index) =>
    labels.slice(index + 1).filter((other) => !apart(letters(one), letters(other))).map((other) => `${words(one)} / ${words(other)}`));
};
const outside = (svg) => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter((one) => one.getBoundingClientRect().left < frame.left - 1 || one.getBoundingClientRect().right > frame.right + 1).map(words);
};

for (const one of document.querySelectorAll("details")) one.open = true;
const all = [...document.querySelectorAll("body *")].filter(shown);
const texts = all.filter(own).filter((one) => !["SCRIPT", "STYLE"].includes(one.tagName));
const charts = all.filter((one) => one.matches(".chart"));
parent.postMessage(JSON.stringify({
  width: innerWidth,
  scroll: document.documentElement.scrollWidth,
  wide: all.filter((one) => !one.closest("svg") && one.getBoundingClientRect().right > innerWidth + 0.5).map(words),
  texts: texts.length,
  faint: texts.filter((one) => contrast(one) < 4.5).map((one) => `${words(one)} ${contrast(one).toFixed(2)}`),
  small: texts.filter((one) => one.closest("svg") ? one.closest("svg").getBoundingClientRect().width / one.closest("svg").viewBox.baseVal.width * 11 < 9.9 : parseFloat(getComputedStyle(one).fontSize) < 11.9).map(words),
  charts: charts.length,
  collisions: charts.flatMap(collisions),
  outside: charts.flatMap(outside),
}).replace(/[^\x00-\x7f]/g, "?"), "*");
