/**
 * The page world's own functions, saved before any script of the page can replace them.
 * Everything on the capture path goes through here.
 */
export const { apply, construct, set, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, defineProperty, deleteProperty } = Reflect;
export const { isArray } = Array;
export const { stringify } = JSON;
export const { Error, MessageEvent, Proxy, URL, setTimeout } = globalThis;
export const { isError, captureStackTrace } = Error as {
  isError?: (value: unknown) => boolean;
  captureStackTrace: (holder: object, above: unknown) => void;
};
export const { timeOrigin } = performance;
export const now = performance.now.bind(performance);
export const { initMessageEvent } = MessageEvent.prototype;
export const { dispatchEvent, addEventListener } = EventTarget.prototype;
export const { getElementById } = Document.prototype;
export const { exec } = RegExp.prototype;
export const { indexOf, slice } = String.prototype;
/** `[object Arguments]` and the like. */
export const tagText = Object.prototype.toString;
export const { bind, toString: sourceText } = Function.prototype;
