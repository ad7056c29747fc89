// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "lifecycle/renewal_policy.h"

#include <QUrl>

#include <optional>

namespace lifecycle {

/// What the authority that issued a version said about renewing it (RFC 9773), and when it is asked again.
struct RenewalInformation {
    QString versionId;
    QString authorityId; ///< the one that issued the version
    std::optional<RenewalWindow> window; ///< none: it never answered with one
    QUrl explanationUrl; ///< a web page, or empty
    QDateTime chosenAt; ///< the moment chosen for that window, once; null where the window is not followed
    RenewalDecision lifetimeRule; ///< what holds where there is no window to follow
    QDateTime askedAt; ///< when it was asked last, answered or not
    QDateTime askAt; ///< when to ask next; null: never, since the version is replaced, revoked or has no identifier
    std::optional<base::Error> failure; ///< why the last question got no answer

    /// Takes over an answer. The new plan where the window is another one than before; nothing where it is the same,
    /// so that a moment is chosen once for each window.
    std::optional<RenewalDecision> answered(const RenewalWindow& given, const QUrl& explanation,
                                            const Lifetime& lifetime, const QDateTime& now, double chance);
};

} // namespace lifecycle
