/** A prepared form of signature, which v2 calls name by number. The list of an installation is its own: this one is an assumption. */
export interface SignatureTemplate {
  readonly Id: number;
  readonly Name: string;
  readonly SignatureType: string;
  readonly Parameters: Readonly<Record<string, string>>;
}

export const SIGNATURE_TEMPLATES: readonly SignatureTemplate[] = [
  {
    Id: 1,
    Name: 'CAdES-BES, отсоединённая',
    SignatureType: 'CAdES',
    Parameters: { CADESType: 'BES', IsDetached: 'True' },
  },
  {
    Id: 2,
    Name: 'CAdES-BES, присоединённая',
    SignatureType: 'CAdES',
    Parameters: { CADESType: 'BES', IsDetached: 'False' },
  },
  { Id: 3, Name: 'CAdES-T, отсоединённая', SignatureType: 'CAdES', Parameters: { CADESType: 'T', IsDetached: 'True' } },
  { Id: 4, Name: 'PDF', SignatureType: 'PDF', Parameters: { PDFFormat: 'CMS' } },
  { Id: 5, Name: 'XML', SignatureType: 'XML', Parameters: {} },
  { Id: 6, Name: 'Значение подписи', SignatureType: 'Raw', Parameters: {} },
];
