// SPDX-License-Identifier: Apache-2.0
#include "ui/common/status.h"

#include "ui/common/icons.h"

#include <QCoreApplication>
#include <QHash>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
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
        return good(Words::tr("Valid"));
    case Renewing:
        return working(Words::tr("Renewing"));
    case Due:
        return waiting(Words::tr("Renewal due"));
    case Pending:
        return waiting(Words::tr("Being issued"));
    case NeedsCsr:
        return attention(Words::tr("Needs a fresh CSR"));
    case Failed:
        return bad(Words::tr("Failed"));
    case Expired:
        return bad(Words::tr("Expired"));
    case Revoked:
        return neutral(Words::tr("Revoked"), u"revoke"_s);
    case Superseded:
        return neutral(Words::tr("Superseded"), u"retired"_s);
    }
    return neutral(Words::tr("Unknown"));
}

Status statusOf(lifecycle::OrderState state, bool running, bool awaitsApproval)
{
    using enum lifecycle::OrderState;
    if (!running && !lifecycle::isFinished(state))
        return awaitsApproval ? Status {Words::tr("Waits for approval"), u"waiting"_s, Severity::Attention}
                              : attention(Words::tr("Interrupted"));
    switch (state) {
    case Prepared:
        return working(Words::tr("Placing the order"));
    case Authorizing:
        return working(Words::tr("Proving names"));
    case Finalizing:
        return working(Words::tr("Finalizing"));
    case Downloading:
        return working(Words::tr("Downloading"));
    case Issued:
        return good(Words::tr("Issued"));
    case Failed:
        return bad(Words::tr("Failed"));
    case Cancelled:
        return neutral(Words::tr("Cancelled"), u"stop"_s);
    }
    return neutral(Words::tr("Unknown"));
}

Status statusOf(lifecycle::Account::Status status)
{
    using enum lifecycle::Account::Status;
    switch (status) {
    case Pending:
        return attention(Words::tr("Not confirmed"));
    case Valid:
        return good(Words::tr("Valid"));
    case Deactivated:
        return neutral(Words::tr("Deactivated"), u"retired"_s);
    case Revoked:
        return bad(Words::tr("Revoked by the authority"));
    }
    return neutral(Words::tr("Unknown"));
}

Status statusOf(lifecycle::EabCredential::State state)
{
    using enum lifecycle::EabCredential::State;
    switch (state) {
    case Unused:
        return neutral(Words::tr("Unused"), u"key"_s);
    case Reserved:
        return attention(Words::tr("Reserved, not confirmed"));
    case Bound:
        return good(Words::tr("Bound"));
    case Spent:
        return neutral(Words::tr("Spent"), u"retired"_s);
    case Refused:
        return bad(Words::tr("Refused"));
    case Expired:
        return bad(Words::tr("Expired"));
    }
    return neutral(Words::tr("Unknown"));
}

Status statusOfAcme(const QString& state)
{
    static const QHash<QString, Status (*)()> known {
        {u"pending"_s, [] { return waiting(Words::tr("Pending")); }},
        {u"ready"_s, [] { return working(Words::tr("Ready")); }},
        {u"processing"_s, [] { return working(Words::tr("Processing")); }},
        {u"waiting"_s, [] { return waiting(Words::tr("Waiting")); }},
        {u"retrying"_s, [] { return attention(Words::tr("Trying again")); }},
        {u"valid"_s, [] { return good(Words::tr("Valid")); }},
        {u"invalid"_s, [] { return bad(Words::tr("Invalid")); }},
        {u"failed"_s, [] { return bad(Words::tr("Failed")); }},
        {u"expired"_s, [] { return bad(Words::tr("Expired")); }},
        {u"revoked"_s, [] { return bad(Words::tr("Revoked")); }},
        {u"deactivated"_s, [] { return neutral(Words::tr("Deactivated")); }},
        {u"cancelled"_s, [] { return neutral(Words::tr("Cancelled"), u"stop"_s); }},
        {u"interrupted"_s, [] { return attention(Words::tr("Interrupted")); }},
    };
    const auto status = known.constFind(state);
    return status == known.constEnd() ? working(state) : (*status)();
}

Status statusOfStep(const QString& state)
{
    if (state == u"sending")
        return working(Words::tr("Sending"));
    if (state == u"presenting")
        return working(Words::tr("Answer in place"));
    if (state == u"issued")
        return good(Words::tr("Issued"));
    if (state == u"ended")
        return neutral(Words::tr("No longer needed"), u"retired"_s);
    if (state == u"left behind")
        return attention(Words::tr("Not cleaned up"));
    if (state == u"to be removed")
        return attention(Words::tr("Take it away"));
    return statusOfAcme(state);
}

Status statusOfOutcome(const QString& outcome)
{
    if (outcome == u"done")
        return good(Words::tr("Done"));
    if (outcome == u"failed")
        return bad(Words::tr("Failed"));
    if (outcome == u"refused")
        return bad(Words::tr("Refused"));
    if (outcome == u"started")
        return working(Words::tr("Started"));
    return neutral(outcome);
}

} // namespace ui
