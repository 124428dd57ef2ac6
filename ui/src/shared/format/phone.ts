// Phone numbers as people read them aloud, and digits as an input method may have made them.

/** Full-width digits as plain ones. */
export const toPlainDigits = (text: string): string => text.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

/** `13812345678` as `138 1234 5678`; anything that is no mainland mobile number stays as it was written. */
export function formatPhone(phone: string): string {
  const mobile = /^(\+86)?(1\d{2})(\d{4})(\d{4})$/.exec(phone);
  return mobile ? `${mobile[2]} ${mobile[3]} ${mobile[4]}` : phone;
}
