import { element } from "./element.js";

const KEPT_AS = "crisscross theme";
const THEMES = ["system", "light", "dark"];

/** Lets the reader choose between light and dark; without a choice the system's is taken. */
export function themeChoice(): HTMLElement {
  const kept = stored() ?? "system";
  const select = element(
    "select",
    { id: "theme" },
    THEMES.map((theme) => element("option", { value: theme, selected: theme === kept }, theme)),
  );
  const apply = () => {
    document.documentElement.dataset.theme = select.value;
  };
  select.addEventListener("change", () => {
    apply();
    try {
      localStorage.setItem(KEPT_AS, select.value);
    } catch {
      // It holds for as long as the page is open.
    }
  });
  apply();
  return element("p", { class: "theme" }, element("label", { for: "theme" }, "Theme "), select);
}

function stored(): string | undefined {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEPT_AS));
  } catch {
    return undefined;
  }
}
