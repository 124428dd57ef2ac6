// The component library under our tokens: which of its parts the window uses and how they look.
import type { ThemeConfig } from 'antd';
import type { Palette } from '../src/shared/tokens/tokens.ts';
import { motion, sizes } from '../src/shared/tokens/tokens.ts';

/** Only these parts get a style; whoever uses another one adds it here. */
export const antdParts = ['DatePicker', 'Select', 'Switch', 'Tooltip'];

/** The class that carries the library's variables; AntdRoot uses the same. */
export const antdKey = 'shukebu';

export function antdTheme(p: Palette, algorithm: ThemeConfig['algorithm']): ThemeConfig {
  const seconds = (ms: number) => `${ms / 1000}s`;
  return {
    algorithm,
    cssVar: { key: antdKey },
    hashed: false,
    token: {
      colorPrimary: p.primary,
      colorInfo: p.info,
      colorError: p.late,
      colorWarning: p.soonFill,
      colorSuccess: p.primary,
      colorLink: p.primary,
      colorTextBase: p.ink,
      colorBgBase: p.card,
      colorText: p.ink,
      colorTextSecondary: p.ink2,
      colorTextTertiary: p.ink2,
      colorTextQuaternary: p.ink2,
      colorTextPlaceholder: p.ink2,
      colorIcon: p.ink2,
      colorBgContainer: p.card,
      colorBgElevated: p.raised,
      colorBgLayout: p.paper,
      colorBgMask: p.veil,
      colorBorder: p.lineStrong,
      colorBorderSecondary: p.line,
      colorSplit: p.line,
      colorFillAlter: p.hover,
      colorFillTertiary: p.hover,
      colorFillSecondary: p.press,
      colorPrimaryHover: p.primaryHover,
      colorPrimaryBg: p.primarySoft,
      controlItemBgHover: p.hover,
      controlItemBgActive: p.primarySoft,
      controlItemBgActiveHover: p.primarySoft,
      fontFamily: 'var(--font)',
      fontSize: sizes.t14,
      fontSizeSM: sizes.t12,
      borderRadius: sizes.radius,
      borderRadiusLG: sizes.radius,
      borderRadiusSM: sizes.radiusSmall,
      borderRadiusXS: sizes.radiusSmall,
      controlHeight: sizes.control,
      controlHeightLG: sizes.controlLarge,
      lineWidth: sizes.hair,
      boxShadow: p.shadow,
      boxShadowSecondary: p.shadow,
      boxShadowTertiary: 'none',
      motionDurationFast: seconds(motion.quick),
      motionDurationMid: seconds(motion.move),
      motionDurationSlow: seconds(motion.move),
      wireframe: false,
    },
    components: {
      Select: { optionSelectedFontWeight: 600, optionHeight: sizes.row, optionLineHeight: 1.7 },
      Tooltip: { colorBgSpotlight: p.ink, colorTextLightSolid: p.paper },
    },
  };
}
