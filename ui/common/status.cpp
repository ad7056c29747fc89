// SPDX-License-Identifier: Apache-2.0
#include "ui/common/status.h"

#include "ui/common/icons.h"

#include <QCoreApplication>
#include <QHash>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct StatusWords {
    Q_DECLARE_TR_FUNCTIONS(ui::Status)
};

Status good(const QString& word)
{
    return {word, u"ok"_s, Severity::Good};
}

Status working(const QString& word)
{
    return {word, u"working"_s, Severity::Working};
}

Status waiting(const QString& word)
{
    return {word, u"waiting"_s, Severity::Working};
}

Status attention(const QString& word)
{
    return {word, u"attention"_s, Severity::Attention};
}

Status bad(const QString& word)
{
    return {word, u"bad"_s, Severity::Bad};
}

Status neutral(const QString& word, const QString& icon = u"neutral"_s)
{
    return {word, icon, Severity::Neutral};
}

} // namespace

QIcon Status::icon() const
{
    return themedIcon(iconName, severity);
}

Status statusOf(lifecycle::CertificateState state)
{
    using enum lifecycle::CertificateState;
    switch (state) {
    case Valid:
        return good(StatusWords::tr("Valid"));
    case Renewing:
        return working(StatusWords::tr("Renewing"));
    case Due:
        return waiting(StatusWords::tr("Renewal due"));
    case Pending:
        return waiting(StatusWords::tr("Being issued"));
    case NeedsCsr:
        return attention(StatusWords::tr("Needs a fresh CSR"));
    case Failed:
        return bad(StatusWords::tr("Failed"));
    case Expired:
        return bad(StatusWords::tr("Expired"));
    case Revoked:
        return neutral(StatusWords::tr("Revoked"), u"revoke"_s);
    case Superseded:
        return neutral(StatusWords::tr("Superseded"), u"retired"_s);
    }
    return neutral(StatusWords::tr("Unknown"));
}

Status statusOf(lifecycle::OrderState state, bool running, bool awaitsApproval)
{
    using enum lifecycle::OrderState;
    if (!running && !lifecycle::isFinished(state))
        return awaitsApproval ? Status {StatusWords::tr("Waits for approval"), u"waiting"_s, Severity::Attention}
                              : attention(StatusWords::tr("Interrupted"));
    switch (state) {
    case Prepared:
        return working(StatusWords::tr("Placing the order"));
    case Authorizing:
        return working(StatusWords::tr("Proving names"));
    case Finalizing:
        return working(StatusWords::tr("Finalizing"));
    case Downloading:
        return working(StatusWords::tr("Downloading"));
    case Issued:
        return good(StatusWords::tr("Issued"));
    case Failed:
        return bad(StatusWords::tr("Failed"));
    case Cancelled:
        return neutral(StatusWords::tr("Cancelled"), u"stop"_s);
    }
    return neutral(StatusWords::tr("Unknown"));
}

Status statusOf(lifecycle::Account::Status status)
{
    using enum lifecycle::Account::Status;
    switch (status) {
    case Pending:
        return attention(StatusWords::tr("Not confirmed"));
    case Valid:
        return good(StatusWords::tr("Valid"));
    case Deactivated:
        return neutral(StatusWords::tr("Deactivated"), u"retired"_s);
    case Revoked:
        return bad(StatusWords::tr("Revoked by the authority"));
    }
    return neutral(StatusWords::tr("Unknown"));
}

Status statusOf(lifecycle::EabCredential::State state)
{
    using enum lifecycle::EabCredential::State;
    switch (state) {
    case Unused:
        return neutral(StatusWords::tr("Unused"), u"key"_s);
    case Reserved:
        return attention(StatusWords::tr("Reserved, not confirmed"));
    case Bound:
        return good(StatusWords::tr("Bound"));
    case Spent:
        return neutral(StatusWords::tr("Spent"), u"retired"_s);
    case Refused:
        return bad(StatusWords::tr("Refused"));
    case Expired:
        return bad(StatusWords::tr("Expired"));
    }
    return neutral(StatusWords::tr("Unknown"));
}

Status statusOfAcme(const QString& state)
{
    static const QHash<QString, Status (*)()> known {
        {u"pending"_s, [] { return waiting(StatusWords::tr("Pending")); }},
        {u"ready"_s, [] { return working(StatusWords::tr("Ready")); }},
        {u"processing"_s, [] { return working(StatusWords::tr("Processing")); }},
        {u"waiting"_s, [] { return waiting(StatusWords::tr("Waiting")); }},
        {u"retrying"_s, [] { return attention(StatusWords::tr("Trying again")); }},
        {u"valid"_s, [] { return good(StatusWords::tr("Valid")); }},
        {u"invalid"_s, [] { return bad(StatusWords::tr("Invalid")); }},
        {u"failed"_s, [] { return bad(StatusWords::tr("Failed")); }},
        {u"expired"_s, [] { return bad(StatusWords::tr("Expired")); }},
        {u"revoked"_s, [] { return bad(StatusWords::tr("Revoked")); }},
        {u"deactivated"_s, [] { return neutral(StatusWords::tr("Deactivated")); }},
        {u"cancelled"_s, [] { return neutral(StatusWords::tr("Cancelled"), u"stop"_s); }},
        {u"interrupted"_s, [] { return attention(StatusWords::tr("Interrupted")); }},
    };
    const auto status = known.constFind(state);
    return status == known.constEnd() ? working(state) : (*status)();
}

Status statusOfStep(const QString& state)
{
    if (state == u"sending")
        return working(StatusWords::tr("Sending"));
    if (state == u"presenting")
        return working(StatusWords::tr("Answer in place"));
    if (state == u"issued")
        return good(StatusWords::tr("Issued"));
    if (state == u"ended")
        return neutral(StatusWords::tr("No longer needed"), u"retired"_s);
    if (state == u"left behind")
        return attention(StatusWords::tr("Not cleaned up"));
    if (state == u"cleaned up")
        return good(StatusWords::tr("Cleaned up"));
    if (state == u"to be removed")
        return attention(StatusWords::tr("Take it away"));
    return statusOfAcme(state);
}

Status statusOfOutcome(const QString& outcome)
{
    if (outcome == u"done")
        return good(StatusWords::tr("Done"));
    if (outcome == u"failed")
        return bad(StatusWords::tr("Failed"));
    if (outcome == u"refused")
        return bad(StatusWords::tr("Refused"));
    if (outcome == u"started")
        return working(StatusWords::tr("Started"));
    return neutral(outcome);
}

} // namespace ui
