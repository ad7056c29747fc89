// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/account.h"
#include "lifecycle/managed_certificate.h"
#include "lifecycle/order_record.h"
#include "ui/common/severity.h"

#include <QIcon>

namespace ui {

/// A status as it is shown everywhere: a word, an icon, and how much it matters.
struct Status {
    QString word;
    QString iconName;
    Severity severity = Severity::Neutral;

    QIcon icon() const;
};

Status statusOf(lifecycle::CertificateState state);
/// `running` tells an order that works from one that was interrupted, or that waits until a human has approved it.
Status statusOf(lifecycle::OrderState state, bool running, bool awaitsApproval);
Status statusOf(lifecycle::Account::Status status);
Status statusOf(lifecycle::EabCredential::State state);
/// A status in ACME's words ("pending", "valid", …), as orders tell it; the server's own word where it is unknown.
Status statusOfAcme(const QString& state);
/// The state of a step of an order: ACME's words, and ours for what happens between requests.
Status statusOfStep(const QString& state);
/// The outcome of an event: "done", "failed", "refused" or "started".
Status statusOfOutcome(const QString& outcome);

} // namespace ui
