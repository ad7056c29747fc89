// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/chain.h"
#include "lifecycle/issuance_facts.h"

#include <optional>

namespace lifecycle {

/// Which of the chains that an authority offers, the default first, leads where `preferred` says.
///
/// `preferred` is the common name of whoever issued the topmost certificate, the common name of any certificate above
/// the leaf, or the SHA-256 of one of them or of one of `roots` that issued the topmost certificate; letter case,
/// colons and blanks do not matter. Nothing where no chain does.
std::optional<qsizetype> findPreferredChain(const QList<crypto::CertificateChain>& chains, const QString& preferred,
                                            const QList<crypto::Certificate>& roots);

/// The chains as they are kept with the version, `chosen` marked.
QList<OfferedChain> describeChains(const QList<crypto::CertificateChain>& chains, qsizetype chosen);

} // namespace lifecycle
