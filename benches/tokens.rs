//! What a token costs, against the bare signature of the library: `cargo bench --bench tokens`.
//!
//! `raw` is pasetors' v4.public over the same bytes with a decoded key. Each group runs all three in one go, so that
//! their ratio means something on a shared machine.

#![allow(missing_docs, clippy::unwrap_used)]

use std::{hint::black_box, time::Duration};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pasetors::{
    keys::{AsymmetricPublicKey, AsymmetricSecretKey},
    token::{Public, UntrustedToken},
    version4::{PublicToken, V4},
};
use stele::{
    domain::{
        access::Access,
        id::{Entropy, KeyId, OrgId, TokenId, UserId},
        key::token::{Claims, Format, TTL_DEFAULT},
        time::Instant,
    },
    service::key::signing::Signer,
};

const NOW: Instant = Instant::from_seconds(1_800_000_000);

struct Same(u8);

impl Entropy for Same {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }
}

fn signing(bench: &mut Criterion) {
    let keys: Vec<_> =
        Format::ALL.into_iter().zip([1, 2]).map(|(format, byte)| Signer::generate(format, NOW, &Same(byte)).unwrap()).collect();
    let secret = AsymmetricSecretKey::<V4>::from(&[keys[0].secret.as_slice(), &keys[0].public].concat()).unwrap();
    let public = AsymmetricPublicKey::<V4>::from(&keys[0].public).unwrap();
    let signer = Signer::new(keys, "https://stele.example/oauth".into(), "https://stele.example/api".into()).unwrap();
    let claims = Claims {
        issuer: signer.issuer().into(),
        audience: signer.audience().into(),
        subject: UserId::new(NOW, &Same(1)),
        key: KeyId::new(NOW, &Same(2)),
        org: OrgId::new(NOW, &Same(3)),
        access: Access::Full,
        issued_at: NOW,
        expires_at: NOW + TTL_DEFAULT,
        id: TokenId::new(NOW, &Same(4)),
    };
    let [paseto, jwt] = [Format::Paseto, Format::Jwt].map(|format| signer.sign(format, &claims).unwrap());
    let read = UntrustedToken::<Public, V4>::try_from(&paseto).unwrap();
    let (payload, footer) = (read.untrusted_payload(), read.untrusted_footer());

    let mut group = bench.benchmark_group("sign");
    group.throughput(Throughput::Elements(1)).measurement_time(Duration::from_secs(5));
    group.bench_function("raw", |b| b.iter(|| PublicToken::sign(&secret, black_box(payload), Some(footer), None).unwrap()));
    group.bench_function("paseto", |b| b.iter(|| signer.sign(Format::Paseto, black_box(&claims)).unwrap()));
    group.bench_function("jwt", |b| b.iter(|| signer.sign(Format::Jwt, black_box(&claims)).unwrap()));
    group.finish();

    let mut group = bench.benchmark_group("verify");
    group.throughput(Throughput::Elements(1)).measurement_time(Duration::from_secs(5));
    group.bench_function("raw", |b| {
        b.iter(|| PublicToken::verify(&public, &UntrustedToken::try_from(black_box(&paseto)).unwrap(), Some(footer), None).unwrap())
    });
    group.bench_function("paseto", |b| b.iter(|| signer.verify(black_box(&paseto), NOW).unwrap()));
    group.bench_function("jwt", |b| b.iter(|| signer.verify(black_box(&jwt), NOW).unwrap()));
    group.finish();
}

criterion_group!(benches, signing);
criterion_main!(benches);
