import { oid, sequence } from '../der/der-writer.js';
import { OID } from '../x509/oids.js';

/** Parameter sets new keys can be made with. */
export type GostParamSet = 'cryptopro-a' | 'xch-a' | 'tc26-a' | 'tc26-512-a';

/** Short Weierstrass curve y² = x³ + ax + b over GF(p) with a subgroup of prime order n. */
export interface CurveParams {
  p: bigint;
  n: bigint;
  h: bigint;
  a: bigint;
  b: bigint;
  Gx: bigint;
  Gy: bigint;
}

const P_A = 2n ** 256n - 617n;
const P_B = 2n ** 255n + 0xc99n;
const P_C = 0x9b9f605f5a858107ab1ec85e6b41c8aacf846e86789051d37998f7b9022d759bn;

const P_512A = 2n ** 512n - 569n;

/** RFC 4357 11.4 and RFC 7836 A.1, A.2. */
const CURVES = {
  a: {
    p: P_A,
    n: 0xffffffffffffffffffffffffffffffff6c611070995ad10045841b09b761b893n,
    h: 1n,
    a: P_A - 3n,
    b: 0xa6n,
    Gx: 1n,
    Gy: 0x8d91e471e0989cda27df505a453f2b7635294f2ddf23e3b122acc99c9e9f1e14n,
  },
  b: {
    p: P_B,
    n: 0x800000000000000000000000000000015f700cfff1a624e5e497161bcc8a198fn,
    h: 1n,
    a: P_B - 3n,
    b: 0x3e1af419a269a5f866a7d3c25c3df80ae979259373ff2b182f49d4ce7e1bbc8bn,
    Gx: 1n,
    Gy: 0x3fa8124359f96680b83d1c3eb2c070e5c545c9858d03ecfb744bf8d717717efcn,
  },
  c: {
    p: P_C,
    n: 0x9b9f605f5a858107ab1ec85e6b41c8aa582ca3511eddfb74f02f3a6598980bb9n,
    h: 1n,
    a: P_C - 3n,
    b: 0x805an,
    Gx: 0n,
    Gy: 0x41ece55743711a8c3cbf3783cd08c0ee4d4dc440d4641a8f366e550dfdb3bb67n,
  },
  tc26a: {
    p: P_A,
    n: 0x400000000000000000000000000000000fd8cddfc87b6635c115af556c360c67n,
    h: 4n,
    a: 0xc2173f1513981673af4892c23035a27ce25e2013bf95aa33b22c656f277e7335n,
    b: 0x295f9bae7428ed9ccc20e7c359a9d41a22fccd9108e17bf7ba9337a6f8ae9513n,
    Gx: 0x91e38443a5e82c0d880923425712b2bb658b9196932e02c78b2582fe742daa28n,
    Gy: 0x32879423ab1a0375895786c4bb46e9565fde0b5344766740af268adb32322e5cn,
  },
  tc26x512a: {
    p: P_512A,
    n: 0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff27e69532f48d89116ff22b8d4e0560609b4b38abfad2b85dcacdb1411f10b275n,
    h: 1n,
    a: P_512A - 3n,
    b: 0xe8c2505dedfc86ddc1bd0b2b6667f1da34b82574761cb0e879bd081cfd0b6265ee3cb090f30d27614cb4574010da90dd862ef9d4ebee4761503190785a71c760n,
    Gx: 3n,
    Gy: 0x7503cfe87a836ae3a61b8816e25450e6ce5e1c93acf1abc1778064fdcbefa921df1626be4fd036e93d75e6a50e3a41e98028fe5fc235f5b889a589cb5215f2a4n,
  },
} as const satisfies Record<string, CurveParams>;

/** Bytes of a coordinate, a scalar and the digest that is signed. */
export const fieldBytes = ({ p }: CurveParams): 32 | 64 => (p >> 256n === 0n ? 32 : 64);

/** Every parameter set in use, by its OID; several names share a curve. */
export const CURVE_BY_OID: Readonly<Record<string, CurveParams>> = {
  '1.2.643.2.2.35.1': CURVES.a,
  '1.2.643.2.2.35.2': CURVES.b,
  '1.2.643.2.2.35.3': CURVES.c,
  '1.2.643.2.2.36.0': CURVES.a,
  '1.2.643.2.2.36.1': CURVES.c,
  '1.2.643.7.1.2.1.1.1': CURVES.tc26a,
  '1.2.643.7.1.2.1.1.2': CURVES.a,
  '1.2.643.7.1.2.1.1.3': CURVES.b,
  '1.2.643.7.1.2.1.1.4': CURVES.c,
  '1.2.643.7.1.2.1.2.1': CURVES.tc26x512a,
};

/** Curve and key AlgorithmIdentifier of a set new keys can be made with. */
export interface ParamSetInfo {
  curve: CurveParams;
  keyAlgorithm: Buffer;
}

const KEY = oid(OID.gost2012Key256);
const KEY_512 = oid(OID.gost2012Key512);
const DIGEST = oid(OID.streebog256);

/** digestParamSet is present for CryptoPro sets and absent for 256-bit TC26 ones (RFC 9215 4.2); with 512 bits OpenSSL writes it. */
export const PARAM_SETS: Readonly<Record<GostParamSet, ParamSetInfo>> = {
  'cryptopro-a': { curve: CURVES.a, keyAlgorithm: sequence(KEY, sequence(oid('1.2.643.2.2.35.1'), DIGEST)) },
  'xch-a': { curve: CURVES.a, keyAlgorithm: sequence(KEY, sequence(oid('1.2.643.2.2.36.0'), DIGEST)) },
  'tc26-a': { curve: CURVES.tc26a, keyAlgorithm: sequence(KEY, sequence(oid('1.2.643.7.1.2.1.1.1'))) },
  'tc26-512-a': {
    curve: CURVES.tc26x512a,
    keyAlgorithm: sequence(KEY_512, sequence(oid('1.2.643.7.1.2.1.2.1'), oid(OID.streebog512))),
  },
};
