// Flex's words for sizes, in pixels as a telephone shows them. Set through the CSSOM: the page's
// content security policy allows no style attributes.

const STEPS = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const FONTS = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
const BORDERS = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };
const CORNERS = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const IMAGES = { xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160, "3xl": 180, "4xl": 200, "5xl": 220 };
const ENDS = { start: "flex-start", end: "flex-end", center: "center", top: "flex-start", bottom: "flex-end" };

const length = (table) => (value) => (value in table ? `${table[value]}px` : value);
export const step = length(STEPS);

const TEXT = {
  size: ["fontSize", length(FONTS)],
  color: ["color"],
  weight: ["fontWeight"],
  style: ["fontStyle"],
  decoration: ["textDecorationLine"],
  align: ["textAlign"],
  lineSpacing: ["lineHeight", (value) => `calc(1.4em + ${value})`],
  maxLines: ["webkitLineClamp", (value) => (value > 0 ? String(value) : "none")],
};
const BOX = {
  backgroundColor: ["backgroundColor"],
  borderColor: ["borderColor"],
  borderWidth: ["borderWidth", length(BORDERS)],
  cornerRadius: ["borderRadius", length(CORNERS)],
  width: ["width"],
  maxWidth: ["maxWidth"],
  height: ["height"],
  maxHeight: ["maxHeight"],
  paddingAll: ["padding", step],
  paddingTop: ["paddingTop", step],
  paddingBottom: ["paddingBottom", step],
  paddingStart: ["paddingLeft", step],
  paddingEnd: ["paddingRight", step],
  justifyContent: ["justifyContent"],
  alignItems: ["alignItems"],
};
const PLACE = {
  position: ["position"],
  offsetTop: ["top", step],
  offsetBottom: ["bottom", step],
  offsetStart: ["left", step],
  offsetEnd: ["right", step],
};
const IMAGE = {
  size: ["width", (value) => (value === "full" ? "100%" : length(IMAGES)(value))],
  aspectRatio: ["aspectRatio", (value) => value.replace(":", " / ")],
  backgroundColor: ["backgroundColor"],
  align: ["alignSelf", (value) => ENDS[value]],
};

function apply(rules, element, component) {
  for (const [property, [style, convert = String]] of Object.entries(rules)) {
    if (property in component) element.style[style] = convert(component[property]);
  }
}

export const styleText = (element, component) => apply(TEXT, element, component);
export const styleImage = (element, component) => apply(IMAGE, element, component);

export function styleBox(element, box) {
  apply(BOX, element, box);
  if (box.borderWidth || box.borderColor) element.style.borderStyle = "solid";
  if (box.background?.type === "linearGradient") {
    const { angle, startColor, centerColor, centerPosition = "50%", endColor } = box.background;
    const center = centerColor ? `, ${centerColor} ${centerPosition}` : "";
    element.style.background = `linear-gradient(${angle}, ${startColor}${center}, ${endColor})`;
  }
}

/** Where a component stands within its box, and how much of it it takes. */
export function stylePlace(element, component, box, index) {
  const across = box.layout !== "vertical";
  const share = component.flex ?? (across && !["separator", "icon"].includes(component.type) ? 1 : 0);
  if (across) element.style.flex = share > 0 ? `${share} 1 0px` : "0 0 auto";
  else if (share > 0) element.style.flexGrow = String(share);
  if (component.width) element.style.flex = "0 0 auto";
  const before = index > 0 ? component.margin ?? box.spacing : undefined;
  if (before) element.style[across ? "marginLeft" : "marginTop"] = step(before);
  if (component.gravity && box.layout === "horizontal") element.style.alignSelf = ENDS[component.gravity];
  apply(PLACE, element, component);
}
