// node scripts/icons.mjs: makes every picture in resources/ from its SVG sources, with the system's Chromium.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromiumArgs, findChromium } from './lib/chromium.mjs';
import { bmp, icns, ico } from './lib/image-files.mjs';
import { root } from './lib/paths.mjs';
import { Stop, say, script } from './lib/run.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Up to this size the simpler drawing is clearer. */
const SMALL = 32;
const resources = path.join(root, 'resources');

await script(async () => {
  const executablePath = findChromium();
  if (!executablePath) throw new Stop('A chromium is needed for this: on Debian, apt-get install chromium');
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: chromiumArgs() });
  try {
    const page = await browser.newPage();
    await icons(page);
    await installerArt(page);
  } finally {
    await browser.close();
  }
});

async function icons(page) {
  const pngs = new Map();
  for (const size of SIZES) {
    const source = await svg(size <= SMALL ? 'icon-small.svg' : 'icon.svg');
    pngs.set(size, (await draw(page, source, size, size)).png);
  }
  await mkdir(path.join(resources, 'icons'), { recursive: true });
  for (const [size, png] of pngs) await put(`icons/${size}x${size}.png`, png);
  await put('icon.png', pngs.get(512));
  await put('icon.icns', icns(pngs));
  const inIco = SIZES.filter((size) => size <= 256);
  await put('icon.ico', ico(inIco.map((size) => ({ size, png: pngs.get(size) }))));
}

/** NSIS: 164 by 314 beside the first and last page, 150 by 57 above the others. macOS: behind the window of the dmg. */
async function installerArt(page) {
  await put('installer/sidebar.bmp', bmp(await draw(page, await svg('installer/sidebar.svg'), 164, 314)));
  await put('installer/header.bmp', bmp(await draw(page, await svg('installer/header.svg'), 150, 57)));
  const background = await svg('installer/dmg.svg');
  await put('installer/dmg.png', (await draw(page, background, 540, 380)).png);
  await put('installer/dmg@2x.png', (await draw(page, background, 1080, 760)).png);
}

/** Reads a source; inlines the icon where it is shown, since a picture may not load another. */
async function svg(name) {
  const text = await readFile(path.join(resources, name), 'utf8');
  return text.includes('href="icon.svg"')
    ? text.replace('href="icon.svg"', `href="${dataUrl(await svg('icon.svg'))}"`)
    : text;
}

function dataUrl(text) {
  return `data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`;
}

async function draw(page, source, width, height) {
  const drawn = await page.evaluate(
    async ({ url, width, height }) => {
      const image = new Image();
      image.src = url;
      image.width = width;
      image.height = height;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0, width, height);
      const { data } = context.getImageData(0, 0, width, height);
      return { png: canvas.toDataURL('image/png').split(',')[1], rgba: Array.from(data) };
    },
    { url: dataUrl(source), width, height },
  );
  return { width, height, png: Buffer.from(drawn.png, 'base64'), rgba: Buffer.from(drawn.rgba) };
}

async function put(name, content) {
  await writeFile(path.join(resources, name), content);
  say(`resources/${name} ${content.length} bytes`);
}
