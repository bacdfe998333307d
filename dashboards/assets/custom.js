/* Parts that several components draw. Solara puts this file into every page, after Vue. */
Vue.component('vk-strip', {
  /* A difference on an axis of 1,000 places: zero, gap (null for none), bar with its ends, middle. */
  props: ['strip', 'label'],
  computed: { zero() { return typeof this.strip.zero === 'number' ? this.strip.zero : 500; } },
  template: `
    <svg viewBox="0 0 1000 60" preserveAspectRatio="none" :role="label ? 'img' : null" :aria-label="label || null" :aria-hidden="label ? null : 'true'">
      <line x1="0" x2="1000" y1="44" y2="44" class="vk-axis" />
      <line :x1="zero" :x2="zero" y1="0" y2="60" class="vk-zero" />
      <line v-if="typeof strip.gap === 'number'" :x1="strip.gap" :x2="strip.gap" y1="34" y2="60" class="vk-gap" />
      <rect v-if="strip.bar" :x="strip.bar[0]" :width="Math.max(6, strip.bar[1] - strip.bar[0])" y="18" height="12" class="vk-range-bar" />
      <rect v-if="strip.middle !== null" :x="strip.middle - 6" y="10" width="12" height="28" class="vk-mean" />
    </svg>`,
});
