/** Paths of the line icons, on a 20 × 20 grid. */
export const icons = {
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  fit: 'M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M10 8v4M8 10h4',
  vector: 'M4 16 15 5M9 5h6v6',
  history: 'M4 15.5h.01M8 12h.01M12 8.5h.01M16.2 5h.01',
  label: 'M3 6h14v8H3zM6 9h8M6 11.5h5',
  rings: 'M10 10h.01M10 5.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16',
  grid: 'M3 3h14v14H3zM3 10h14M10 3v14',
  sun: 'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7M10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1',
  moon: 'M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5Z',
  help: 'M7.2 7.4A2.9 2.9 0 0 1 13 7.7c0 2-2.9 2.3-2.9 4.2M10.1 15h.01',
  info: 'M10 9v6M10 5.6h.01',
  close: 'M5 5l10 10M15 5 5 15',
  centre: 'M10 3v3M10 14v3M3 10h3M14 10h3M10 7a3 3 0 1 1 0 6 3 3 0 0 1 0-6',
  follow: 'M4 10a6 6 0 1 0 6-6M10 1v6M7.5 3.8 10 1l2.6 2.8',
  panel: 'M3 4h14v12H3zM12 4v12',
};
