// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authorities.h"

namespace lifecycle {

/// What an operator entered as an authority, without its id and meta. InvalidInput about the field that is wrong.
base::Result<Authority> parseAuthority(const AuthorityDetails& details);
base::Result<QUrl> parseDirectoryUrl(const QString& text);
/// The 32 bytes of a SHA-256 fingerprint in hexadecimal; colons, blanks and case do not matter. InvalidInput about
/// "root".
base::Result<QByteArray> parseFingerprint(const QString& text);
/// What an operator would enter to get the authority as it is.
AuthorityDetails detailsOf(const Authority& authority);
/// A directory that cannot be read is told about beside the field that can mend it.
base::Error besideItsField(base::Error error);

} // namespace lifecycle
