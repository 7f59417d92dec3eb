import {
  Badge,
  createTheme,
  Drawer,
  Modal,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** The green of the mails and the investor's pages; shade 8 is #0b6b50. */
const pine: MantineColorsTuple = [
  '#e8f7f1',
  '#d3ede3',
  '#a6dac7',
  '#75c6a9',
  '#4db58f',
  '#34ab7f',
  '#259676',
  '#16805f',
  '#0b6b50',
  '#005640',
];

export const theme = createTheme({
  colors: { pine },
  primaryColor: 'pine',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  headings: { fontWeight: '650' },
  respectReducedMotion: true,
  components: {
    // Vietnamese in capitals is hard to read
    Badge: Badge.extend({ defaultProps: { tt: 'none' } }),
    // the head of a dialog is no second banner of the page
    Modal: Modal.extend({ defaultProps: { attributes: { header: { role: 'none' } } } }),
    Drawer: Drawer.extend({ defaultProps: { attributes: { header: { role: 'none' } } } }),
  },
});

/** Quiet and warning texts dark (or light) enough to be read by everyone: at least 4.5 to 1. */
export const readable: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': colors.gray[7],
    '--mantine-color-placeholder': colors.gray[7],
    '--mantine-color-error': colors.red[9],
    '--mantine-color-yellow-light-color': '#7a4100',
    '--mantine-color-orange-light-color': '#8a2f00',
    '--mantine-color-anchor': colors.pine![8]!,
  },
  dark: {
    '--mantine-color-dimmed': colors.dark[1],
    '--mantine-color-placeholder': colors.dark[1],
    '--mantine-color-error': colors.red[4],
    '--mantine-color-anchor': colors.pine![3]!,
  },
});
