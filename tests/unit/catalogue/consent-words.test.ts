import { describe, expect, test } from 'vitest';
import { controlMeaning } from '../../../lib/catalogue/consent-words.ts';

const LABELS: Record<string, string[]> = {
  accept: [
    'Accept all',
    'Accept',
    'I agree',
    'Agree and close',
    'Allow all cookies',
    'Got it!',
    'OK',
    'Enable all',
    'I understand',
    'Consent',
    'I consent',
    'Принять все',
    'Принять',
    'Принимаю',
    'Согласен',
    'Я согласен',
    'Соглашаюсь',
    'Даю согласие',
    'Разрешить все',
    'Понятно',
    'Хорошо',
    'ОК',
    'Барлығын қабылдау',
    'Қабылдау',
    'Қабылдаймын',
    'Келісемін',
    'Келісу',
    'Келісім беру',
    'Рұқсат беру',
    'Түсінікті',
    'Жарайды',
  ],
  reject: [
    'Reject all',
    'Decline',
    'Refuse all',
    'Deny',
    'I do not accept',
    'Do not accept',
    "Don't allow",
    'Don’t allow',
    'Disagree',
    'I disagree',
    'No, thanks',
    'Opt out',
    'Отклонить',
    'Отклонить все',
    'Отказаться',
    'Отказ',
    'Запретить все',
    'Не согласен',
    'Не соглашаюсь',
    'Не принимаю',
    'Не разрешать',
    'Бас тарту',
    'Барлығынан бас тарту',
    'Қабылдамау',
    'Келіспеймін',
    'Рұқсат бермеу',
  ],
  'necessary-only': [
    'Only necessary',
    'Necessary only',
    'Accept only essential cookies',
    'Accept necessary',
    'Use strictly necessary cookies only',
    'Essential cookies only',
    'Continue without accepting',
    'Только необходимые',
    'Принять только необходимые',
    'Принять необходимые',
    'Только обязательные',
    'Продолжить без согласия',
    'Тек қажеттілері',
    'Тек қажеттілерін қабылдау',
    'Қажеттілерін ғана қабылдау',
    'Қажеттілерін қабылдау',
    'Тек міндетті',
  ],
  save: [
    'Save',
    'Save preferences',
    'Save my choices',
    'Confirm my choices',
    'Accept selected',
    'Apply',
    'Сохранить',
    'Сохранить настройки',
    'Подтвердить выбор',
    'Принять выбранные',
    'Применить',
    'Сақтау',
    'Таңдауды сақтау',
    'Таңдалғандарды қабылдау',
    'Растау',
  ],
  settings: [
    'Cookie settings',
    'Manage preferences',
    'Customize',
    'Let me choose',
    'Preferences',
    'More options',
    'Настройки',
    'Настройки cookie',
    'Управление cookie',
    'Параметры',
    'Подробнее',
    'Настроить',
    'Баптаулар',
    'Cookie баптаулары',
    'Реттеу',
    'Параметрлер',
    'Толығырақ',
  ],
  withdraw: [
    'Withdraw consent',
    'Revoke consent',
    'Withdraw my consent',
    'Отозвать согласие',
    'Отзыв согласия',
    'Келісімді қайтарып алу',
    'Келісімді кері қайтару',
  ],
};

describe.each(Object.entries(LABELS))('%s', (meaning, labels) => {
  test.each(labels)('"%s"', (label) => {
    expect(controlMeaning(label)).toBe(meaning);
  });
});

describe('says nothing of consent', () => {
  test.each([
    'Continue',
    'Продолжить',
    'Жалғастыру',
    'Next',
    'Далее',
    'Келесі',
    '',
    '   ',
    '×',
    'Close',
    'Закрыть',
    'Жабу',
    'Menu',
    'Войти',
    'Кіру',
    'Book now',
    'Купить',
    'Сатып алу',
    'Cookie',
    'Тапсырыс беру',
    'Іздеу',
    'Байланыс',
  ])('"%s"', (label) => {
    expect(controlMeaning(label)).toBeNull();
  });

  test.each([
    'Consent to the use of cookies',
    'Cookie consent',
    'User agreement',
    'Acceptable use policy',
    'Согласие на использование файлов cookie',
    'Пользовательское соглашение',
    'Cookie файлдарын пайдалануға келісім',
    'Пайдаланушы келісімі',
  ])('the name of a document: "%s"', (label) => {
    expect(controlMeaning(label)).toBeNull();
  });

  test('a paragraph, whatever is in it', () => {
    const paragraph =
      'We use cookies. By clicking "Accept all" you agree to the storing of cookies on your device to enhance site navigation and analyse site usage.';
    expect(controlMeaning(paragraph)).toBeNull();
    expect(controlMeaning(`${'Мы используем файлы cookie. '.repeat(10)}Принять`)).toBeNull();
  });

  test('settings of something else, said at length', () => {
    expect(controlMeaning('Управление заказами, доставкой и личными данными')).toBeNull();
  });
});

describe('the way it is written', () => {
  test.each([
    ['  ПРИНЯТЬ\n  ВСЕ  ', 'accept'],
    ['ACCEPT\u00a0ALL', 'accept'],
    ['Ａｃｃｅｐｔ ａｌｌ', 'accept'],
    ['ҚАБЫЛДАУ', 'accept'],
    ['✓ Accept all', 'accept'],
    ['Reject\tall', 'reject'],
  ])('%j is %s', (label, meaning) => {
    expect(controlMeaning(label)).toBe(meaning);
  });
});
