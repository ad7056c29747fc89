// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/persist_words.h"

#include "ui/common/date_text.h"

#include <QCoreApplication>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using challenge::PersistVerdict;

struct PersistWords {
    Q_DECLARE_TR_FUNCTIONS(ui::PersistWords)
};

Status statusOf(PersistVerdict verdict)
{
    switch (verdict) {
    case PersistVerdict::Fits:
        return {PersistWords::tr("In place"), u"ok"_s, Severity::Good};
    case PersistVerdict::OtherKey:
        return {PersistWords::tr("Another key's"), u"attention"_s, Severity::Attention};
    case PersistVerdict::Over:
        return {PersistWords::tr("Has ended"), u"bad"_s, Severity::Bad};
    case PersistVerdict::Missing:
        return {PersistWords::tr("Missing"), u"bad"_s, Severity::Bad};
    default:
        return {PersistWords::tr("Does not fit"), u"bad"_s, Severity::Bad};
    }
}

QString sentenceOf(PersistVerdict verdict)
{
    switch (verdict) {
    case PersistVerdict::Fits:
        return {};
    case PersistVerdict::OtherKey:
        return PersistWords::tr(
            "It was made for a key that the account had before. The authority may go on accepting it; "
            "make it again.");
    case PersistVerdict::Over:
        return PersistWords::tr("Its time is over: make it again with another end.");
    case PersistVerdict::NoWildcard:
        return PersistWords::tr("It proves neither wildcards nor names below: it lacks policy=wildcard.");
    case PersistVerdict::OtherAccount:
        return PersistWords::tr("What is there names another account.");
    case PersistVerdict::Malformed:
        return PersistWords::tr("What is there cannot be read: put the value there as it was made.");
    case PersistVerdict::OtherIssuer:
        return PersistWords::tr("Only records for other authorities are there.");
    case PersistVerdict::Missing:
        return PersistWords::tr("There is no such record: put it in place.");
    }
    return {};
}

} // namespace

Status statusOf(const lifecycle::PersistRecord& record, const QDateTime& now)
{
    if (record.id.isEmpty() && !record.checkedAt.isValid())
        return {PersistWords::tr("New"), u"add"_s, Severity::Neutral};
    if (!record.checkedAt.isValid())
        return {PersistWords::tr("Not looked at"), u"waiting"_s, Severity::Neutral};
    if (!record.verdict)
        return {PersistWords::tr("DNS is silent"), u"attention"_s, Severity::Attention};
    if (*record.verdict == PersistVerdict::Fits && record.isEnding(now))
        return {PersistWords::tr("Ends soon"), u"attention"_s, Severity::Attention};
    return statusOf(*record.verdict);
}

QString persistSentence(const lifecycle::PersistRecord& record, const QDateTime& now)
{
    if (!record.checkedAt.isValid())
        return {};
    if (!record.verdict)
        return PersistWords::tr("DNS could not be asked: %1").arg(record.detail);
    if (*record.verdict == PersistVerdict::Fits && record.isEnding(now))
        return PersistWords::tr("It proves nothing any more %1: make it again with another end.")
            .arg(relativeTime(record.persistUntil(), now));
    return sentenceOf(*record.verdict);
}

} // namespace ui
