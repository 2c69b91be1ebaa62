//! Who people are, as others say: a real OpenID Connect provider, and keys as Cloudflare Access has them.

mod access;
mod browser;
mod issuer;
mod provider;
