import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogOf, type FieldSpec, kindSchema } from '../../shared/catalog';
import { validateField } from '../../shared/catalog/validate';
import { searchFold } from '../../shared/lib/text';
import { fromTextFormula, identifyingText, withoutTextMark } from '../../shared/values/cell-form';
import { cleanValue, isHidden, isWorded, textProblem } from '../../shared/values/clean';
import { codePageLoss, hasLostLetters } from '../../shared/values/code-page';
import { cellDamage, isErrorValue, isNoSecret } from '../../shared/values/damage';
import { readDay } from '../../shared/values/day';
import { readNumber } from '../../shared/values/digits';
import { hasSeveralAddresses, readEmail } from '../../shared/values/email';
import { lookAlike } from '../../shared/values/look-alike';
import { isMisread } from '../../shared/values/misread';
import { unseenIn, withoutUnseen } from '../../shared/values/unseen';

const specs = kindSchema.options.flatMap((kind) => catalogOf(kind).fields.filter((spec) => !spec.readOnly));
const ofType = (type: FieldSpec['type']): FieldSpec => {
  const found = specs.find((spec) => spec.type === type);
  if (!found) throw new Error(`no field of type ${type}`);
  return found;
};

/** One of each kind that cannot be seen. */
const unseen = [
  '\u200b',
  '\u200c',
  '\u200d',
  '\u200e',
  '\u200f',
  '\u202a',
  '\u202c',
  '\u202e',
  '\u2060',
  '\u2063',
  '\u2066',
  '\u2069',
  '\ufeff',
  '\u00ad',
  '\u061c',
  '\ufe0f',
  '\u{e0041}',
  '\u{e0101}',
  '\u3164',
  '\u115f',
  '\uffa0',
  '\u034f',
  '\u180e',
  '\ufff9',
  '\ufffb',
  '\u17b4',
  '\u{1d173}',
];
const anyUnseen = fc.constantFrom(...unseen);

/** A text with some of them put in anywhere. */
const spoilt = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(text, fc.array(fc.tuple(fc.nat(), anyUnseen), { minLength: 1, maxLength: 6 }))
    .map(([clean, added]) => {
      const letters = [...clean];
      for (const [at, one] of added) letters.splice(at % (letters.length + 1), 0, one);
      return { clean, text: letters.join('') };
    });

const arabic = fc.string({
  unit: fc.constantFrom(...'ابپتجچدرزسشعفقکگلمنوهی '),
  minLength: 1,
  maxLength: 12,
});
const words = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), arabic, fc.string({ maxLength: 20 }));
const anything = fc
  .array(fc.oneof(words, anyUnseen, fc.constantFrom('\u00a0', '\t', '\n', '="', '"', "'", '?', '#')), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));

describe('cleaning a value', () => {
  it('does no more the second time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...specs), anything, (spec, text) => {
        const once = cleanValue(spec, text);
        expect(cleanValue(spec, once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes out of numbers, addresses and days whatever cannot be seen', () => {
    const values: readonly [FieldSpec['type'], fc.Arbitrary<string>][] = [
      ['digits', fc.stringMatching(/^\d{1,10}$/)],
      ['dial', fc.stringMatching(/^\+?[1-9]\d{2,12}$/)],
      ['port', fc.integer({ min: 1, max: 65_535 }).map(String)],
      ['email', fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.ir$/)],
      ['host', fc.ipV4()],
      ['ipMask', fc.ipV4().map((ip) => `${ip}/24`)],
      [
        'date',
        fc
          .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
          .map((day) => day.toISOString().slice(0, 10)),
      ],
    ];
    for (const [type, value] of values) {
      fc.assert(
        fc.property(spoilt(value), ({ clean, text }) => {
          expect(cleanValue(ofType(type), text)).toBe(clean);
        }),
      );
    }
  });

  it('lets nothing that cannot be seen through unseen, in any field', () => {
    fc.assert(
      fc.property(fc.constantFrom(...specs), spoilt(anything), (spec, { text }) => {
        const value = cleanValue(spec, text);
        if (value === '' || validateField(spec, value, null)) return;
        // What is left is what the letters around it need.
        expect(
          unseenIn(value).filter((one) => !/^U\+(200C|200D|FE0E|FE0F|000A|000D|0009)$/.test(one)),
        ).toEqual([]);
        if (!isWorded(spec)) expect(unseenIn(value)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['علی\u200cرضا', 'علی\u200cرضا'],
    ['IP\u200cهای', 'IP\u200cهای'],
    ['می\u200c\u200c\u200fشود', 'می\u200cشود'],
    ['\u200cعلی\u200c', 'علی'],
    ['Ni\u200cma', 'Nima'],
    ['\u2066Nima\u2069', 'Nima'],
    ['ه\u200d. ش', 'ه\u200d. ش'],
    ['Ali\u00a0Reza', 'Ali Reza'],
    ['\ufeffAli\u00a0', 'Ali'],
    ['👨\u200d👩 ❤\ufe0f', '👨\u200d👩 ❤\ufe0f'],
    ['Ali\ufe0f', 'Ali'],
  ])('leaves of a name what its script needs: %j', (typed, clean) => {
    expect(cleanValue(ofType('text'), typed)).toBe(clean);
    expect(textProblem(ofType('text'), clean)).toBeNull();
  });

  it.each(unseen)('refuses %j inside of a secret, and takes it from its edges', (one) => {
    const secret = ofType('secret');
    expect(cleanValue(secret, `${one}Reg1st3r${one}`)).toBe('Reg1st3r');
    expect(validateField(secret, cleanValue(secret, `Reg${one}1st3r`), null)?.code).toBe(
      'control-characters',
    );
  });
});

describe('what a program has written in place of a value', () => {
  it.each([
    '#N/A',
    '#REF!',
    '#NAME?',
    '#VALUE!',
    '#DIV/0!',
    '#NULL!',
    '#NUM!',
    '#SPILL!',
    '#CALC!',
    '#NV',
    '#BEZUG!',
    '#WERT!',
    '#ZAHL!',
    '#VALEUR!',
    '#NOM?',
    '#N/D',
    '#NOMBRE!',
    '#¡REF!',
    '#¿NOMBRE?',
    '#¡DIV/0!',
    '#ССЫЛКА!',
    '#GETTING_DATA',
    '########',
    'Err:502',
    'Fehler:508',
    '\\N',
    '(null)',
    '<null>',
    '[object Object]',
    ' #ref! ',
    '\u200e#N/A',
    '＃REF！',
  ])('%j is no value, in any field and however it got there', (text) => {
    expect(isErrorValue(text)).toBe(true);
    expect(cellDamage(text)).toBe('error-value');
  });

  it.each(['NULL', 'null', 'None', 'nan', 'NaN', 'undefined', 'Nil'])(
    '%s may be a name that somebody types, no cell and no secret',
    (text) => {
      expect(validateField(ofType('text'), text, null)).toBeNull();
      expect(cellDamage(text)).toBe('error-value');
      expect(isNoSecret(text)).toBe(true);
      expect(validateField(ofType('secret'), text, null)?.code).toBe('error-value');
    },
  );

  it.each(['1.23457E+15', '1,23457E+15', '۱٫۲۳۴۵۷E+۱۵', '9E+09', '1.2e-7'])(
    '%s has lost its digits',
    (text) => {
      expect(cellDamage(text)).toBe('shortened');
      expect(validateField(ofType('secret'), text, null)?.code).toBe('error-value');
    },
  );

  it.each(['=VLOOKUP(A2,B:C,2)', '=A1&B1', '=SUM(#REF!)', '=Sheet1!A3'])(
    '%s was to be worked out',
    (text) => {
      expect(cellDamage(text)).toBe('formula');
    },
  );

  it.each([
    'Ali',
    '#1',
    'Hall #3',
    'A#B!',
    '12E4',
    'Nanette',
    'No. 1',
    'C# team',
    '=',
    '-',
    'Nullmann',
    '##',
    'What?',
  ])('%j is a value', (text) => {
    expect(cellDamage(text)).toBeNull();
  });
});

describe('a cell that was told to stay text', () => {
  it.each([
    ['="00777"', '00777'],
    ['=T("201")', '201'],
    ['= "a""b" ', 'a"b'],
    ['=t( "0201" )', '0201'],
    ['=201', '=201'],
    ['"x"', '"x"'],
  ])('%s is %s', (cell, value) => {
    expect(fromTextFormula(cell)).toBe(value);
  });

  it.each([
    ["'0201", '0201'],
    ["'+98", '+98'],
    ['’۲۰۱', '۲۰۱'],
    ["'Ali", "'Ali"],
    ["'", "'"],
  ])('%s is %s', (cell, value) => {
    expect(withoutTextMark(cell)).toBe(value);
  });

  it.each([
    '201',
    '\u200e201',
    '="201"',
    '=T("201")',
    "'201",
    '"201"',
    '201.0',
    '201,0',
    '201.00',
    '۲۰۱٫۰',
    '۲۰۱',
    '２０１',
    '\u00a0201 ',
    '="201.0"',
  ])('%j leads to 201', (cell) => expect(identifyingText(cell, true)).toBe('201'));

  it('keeps a user name as it is', () => {
    expect(identifyingText(' \u202aali.0\u202c', false)).toBe('ali.0');
    expect(identifyingText('1.0', false)).toBe('1.0');
  });
});

describe('reading a number', () => {
  it.each([
    ['201.0', '201'],
    ['201,00', '201'],
    ['-5.0', '-5'],
    ['۲۰۱٫۰', '201'],
    ['0201', '0201'],
    ['2010.0000', '2010'],
  ])('%s is %s', (text, number) => {
    expect(readNumber(text)).toEqual({ number });
  });
  it.each(['1,000', '1.234', '1٬234', '12 345', "1'234'567", '201.000'])(
    '%s is not read: nobody knows what parts it',
    (text) => {
      expect(readNumber(text)).toEqual({ wrong: 'separators' });
    },
  );
  it('takes nothing else for one', () => {
    expect(readNumber('20.5')).toBeNull();
    expect(readNumber('a201')).toBeNull();
  });
});

describe('reading an e-mail address', () => {
  it.each([
    'a@b.ir;',
    'a@b.ir,',
    '<a@b.ir>',
    'Ali <a@b.ir>',
    '"Ali R." <a@b.ir>;',
    'mailto:a@b.ir',
    'a@b.ir.',
    '"a@b.ir"',
    ' a@b.ir ',
    'a@b.ir،',
    'a@b.ir؛',
    'mailto:a@b.ir?subject=x',
    "'a@b.ir'",
    '<mailto:a@b.ir>',
    'a＠b.ir',
    '[a@b.ir](mailto:a@b.ir)',
    '(a@b.ir)',
    'علی <a@b.ir>',
    '\u2066a@b.ir\u2069;',
  ])('%j is a@b.ir', (text) => {
    expect(readEmail(text)).toBe('a@b.ir');
  });

  it.each([
    'a@b.ir; c@d.ir',
    'a@b.ir,c@d.ir',
    'a@b.ir c@d.ir',
    '<a@b.ir> <c@d.ir>',
    'A <a@b.ir>, C <c@d.ir>',
  ])('%s is two', (text) => {
    expect(hasSeveralAddresses(text)).toBe(true);
    expect(validateField(ofType('email'), cleanValue(ofType('email'), text), null)?.code).toBe('not-email');
  });

  it("leaves an apostrophe in it: o'neil@b.ir", () => expect(readEmail("o'neil@b.ir")).toBe("o'neil@b.ir"));
});

describe('reading a day', () => {
  it.each([
    '\u200f1406/08/30',
    '۱۴۰۶/۰۸/۳۰\u200e',
    '2027-11-21',
    '2027/11/21',
    '2027.11.21 00:00',
    '2027–11–21',
  ])('%j is 2027-11-21', (text) => {
    expect(readDay(text)).toEqual({ day: '2027-11-21' });
  });
});

describe('what a code page does to a name', () => {
  it.each([
    ['علی رضایی', 'علي رضايي'],
    ['کامران', 'كامران'],
    ['آرش', 'ارش'],
    ['مؤمنی', 'مومني'],
    ['علی‌رضا', 'علیرضا'],
    ['José Muñoz', 'Jose Munoz'],
    ['خانهٔ ما', 'خانه ما'],
    ['سالن ۲', 'سالن 2'],
  ])('%s is still there in %s', (stored, cell) => {
    expect(codePageLoss(stored, cell)).toBe('same');
    // The other way round it is an edit: somebody has put it right.
    if (stored !== 'علی‌رضا') expect(codePageLoss(cell, stored)).toBeNull();
  });

  it.each([
    ['علی رضایی', 'عل? رضا??'],
    ['علی رضایی', '??? ?????'],
    ['José', 'Jos?'],
  ])('%s has lost letters in %s', (stored, cell) => {
    expect(codePageLoss(stored, cell)).toBe('letters');
  });

  it.each(['عل? رضا??', '????', '?? ??', 'x???', '?لی'])('%s cannot be a name', (text) =>
    expect(hasLostLetters(text)).toBe(true),
  );
  it.each(['Who?', 'Really??', 'http://x/?a=b', 'http://xy/ab?cd=1', '?', 'a?b', 'چرا؟'])('%s can', (text) =>
    expect(hasLostLetters(text)).toBe(false),
  );

  it.each(['ط¹ظ„غŒ', 'Ø¹Ù„ÛŒ', 'JosÃ©', 'MÃ¼ller', 'Úáí', 'ßÇãÑÇä'])(
    '%s was read in another encoding',
    (text) => expect(isMisread(text)).toBe(true),
  );
  it.each([
    'علی رضایی',
    'گچپژ',
    'چه',
    'José',
    'Müller',
    'Ångström',
    'Çağrı',
    'Ünlü',
    'Иван',
    'Łukasz',
    'Ali',
  ])('%s was not', (text) => expect(isMisread(text)).toBe(false));

  it('takes no name for one that was read otherwise', () => {
    const persian = fc.stringMatching(/^[آ-یپچژگکی ]{1,12}$/);
    fc.assert(
      fc.property(persian, (text) => {
        expect(isMisread(text)).toBe(false);
      }),
    );
  });

  it('takes no other edit for a loss', () => {
    fc.assert(
      fc.property(arabic, arabic, (stored, cell) => {
        const plain = (text: string) => searchFold(text);
        if (plain(stored) !== plain(cell)) expect(codePageLoss(stored, cell)).not.toBe('same');
      }),
    );
  });
});

describe('two texts that look alike', () => {
  it.each([
    ['Ali', 'Ali\u200b', [], ['U+200B']],
    ['علي', 'علی', ['U+064A'], ['U+06CC']],
    ['Ali Reza', 'Ali\u00a0Reza', ['U+0020'], ['U+00A0']],
    ['Саra', 'Cara', ['U+0421', 'U+0430'], ['U+0043', 'U+0061']],
  ])('%j and %j are told apart by their characters', (a, b, gone, come) => {
    expect(lookAlike(a, b)).toEqual({ gone, come });
  });

  it('says nothing of texts that a person can tell apart', () => {
    expect(lookAlike('Ali', 'Alí')).toBeNull();
    expect(lookAlike('Ali', 'Ali')).toBeNull();
    expect(lookAlike('', '\u200b')).toBeNull();
  });

  it('finds what was put in and cannot be seen', () => {
    fc.assert(
      fc.property(spoilt(fc.stringMatching(/^[A-Za-z]{1,9}$/)), ({ clean, text }) => {
        expect(lookAlike(clean, text)?.come.length).toBeGreaterThan(0);
        expect(withoutUnseen(text)).toBe(clean);
      }),
    );
  });
});

describe('looking for a name', () => {
  it.each([
    ['علی‌رضا مؤمنی', 'مومنی'],
    ['آبان احمدی', 'ابان'],
    ['ﻋﻠﯽ ﺭﺿﺎﯾﯽ', 'رضایی'],
    ['مسئول', 'مسیول'],
    ['خانۀ ما', 'خانه'],
    ['خانهٔ ما', 'خانه'],
    ['مُحَمَّد', 'محمد'],
    ['مـحـمـد', 'محمد'],
    ['كامران', 'کامران'],
    ['ڕۆژین', 'روژین'],
    ['گوڵ', 'گول'],
    ['سالن ٢', 'سالن 2'],
    ['ＡＬＩ', 'ali'],
    ['José', 'jose'],
    ['جزء', 'جز'],
    ['ﷲ', 'الله'],
    ['فاطمة', 'فاطمه'],
    ['لڑکا', 'لرکا'],
    ['إسلام', 'اسلام'],
    ['\u2066Nima\u2069', 'nima'],
    ['ﻻله', 'لاله'],
  ])('%j is found by %s', (name, query) => expect(searchFold(name)).toContain(searchFold(query)));

  it('folds what is folded to the same', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(searchFold(searchFold(text))).toBe(searchFold(text));
      }),
      { numRuns: 3_000 },
    );
  });
});

it('a secret is never what stands where a value is missing', () => {
  for (const spec of specs.filter(isHidden))
    expect(validateField(spec, '#REF!', null)?.code).toBe('error-value');
});
