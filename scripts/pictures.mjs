// npm run pictures: plays the guided tour and makes the README's pictures of it: three stills and an animation. --keep
// reuses the pictures of the last tour.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromiumArgs, findChromium } from './lib/chromium.mjs';
import { animatedWebp } from './lib/image-files.mjs';
import { root } from './lib/paths.mjs';
import { run, Stop, say, script } from './lib/run.mjs';

const from = path.join(root, 'demo-output');
const to = path.join(root, 'docs/pictures');

/** The tour's picture for each still of the README. */
const STILLS = { plan: 'dry-run', persian: 'directory-persian', dark: 'editor-persian-dark' };
const WIDTH = 960;
const MS = 2_200;
const QUALITY = 0.72;
/** The largest picture that a page loads quickly. */
const MOST_BYTES = 2_000_000;

await script(async () => {
  const executablePath = findChromium();
  if (!executablePath) throw new Stop('A chromium is needed for this: on Debian, apt-get install chromium');
  if (!process.argv.includes('--keep')) {
    const { code } = await run(process.execPath, ['scripts/demo.mjs', '--tour']);
    if (code !== 0) throw new Stop('The tour did not end well: no pictures are made of it.');
  }
  if (!existsSync(from)) throw new Stop('There are no pictures of a tour: leave --keep out.');
  const files = (await readdir(from)).filter((name) => /^\d\d-.+\.png$/.test(name)).sort();
  await mkdir(to, { recursive: true });
  for (const [still, name] of Object.entries(STILLS)) {
    const file = files.find((one) => one.slice(3) === `${name}.png`);
    if (!file) throw new Stop(`The tour left no picture ${name}.`);
    await copyFile(path.join(from, file), path.join(to, `${still}.png`));
    say(`docs/pictures/${still}.png`);
  }
  const tour = await animate(executablePath, files);
  if (tour.length > MOST_BYTES) throw new Stop(`The animated picture has ${tour.length} bytes: too many.`);
  await writeFile(path.join(to, 'tour.webp'), tour);
  say(`docs/pictures/tour.webp ${files.length} pictures, ${tour.length} bytes`);
});

async function animate(executablePath, files) {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: chromiumArgs() });
  try {
    const page = await browser.newPage();
    const frames = [];
    let size;
    for (const file of files) {
      const drawn = await smaller(page, await readFile(path.join(from, file)));
      size ??= drawn;
      frames.push({ webp: Buffer.from(drawn.webp, 'base64'), ms: MS });
    }
    return animatedWebp(frames, size);
  } finally {
    await browser.close();
  }
}

/** Returns a picture of the window, scaled by the browser and written as WebP. */
function smaller(page, png) {
  return page.evaluate(
    async ({ url, width, quality }) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const height = Math.round((image.naturalHeight * width) / image.naturalWidth);
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d');
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, width, height);
      return { width, height, webp: canvas.toDataURL('image/webp', quality).split(',')[1] };
    },
    { url: `data:image/png;base64,${png.toString('base64')}`, width: WIDTH, quality: QUALITY },
  );
}
