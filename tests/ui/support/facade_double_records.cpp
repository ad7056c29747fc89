// SPDX-License-Identifier: Apache-2.0
#include "ui/support/facade_answers.h"

#include <algorithm>

namespace lifecycle {

using namespace Qt::StringLiterals;
using support::answer;
using support::answerWhenStopped;
using support::scene;
using Records = QList<PersistRecord>;

void CertificateManager::makePersistRecords(PersistWish wish, QObject* context, Reply<Records> reply,
                                            std::stop_token stop)
{
    scene().persistWish = wish;
    if (scene().neverAnswers.contains(u"makePersistRecords"_s))
        return answerWhenStopped<Records>(context, std::move(reply), std::move(stop));
    Records records;
    for (const QString& name : wish.names) {
        PersistRecord record;
        record.accountId = wish.accountId;
        record.name = name.startsWith("*."_L1) ? name.mid(2) : name;
        record.value = "ca.example; accounturi=https://ca.corp.example/acme/acme/account/17";
        record.createdAt = QDateTime::currentDateTimeUtc();
        records += record;
    }
    answer<Records>(u"makePersistRecords"_s, context, std::move(reply), records);
}

void CertificateManager::checkPersistRecords(Records records, QObject* context, Reply<Records> reply, std::stop_token)
{
    for (PersistRecord& record : records) {
        record.checkedAt = QDateTime::currentDateTimeUtc();
        record.verdict = challenge::PersistVerdict::Missing;
        record.detail = u"there is no such TXT record"_s;
    }
    answer<Records>(u"checkPersistRecords"_s, context, std::move(reply), records);
}

void CertificateManager::placePersistRecords(Records records, QString solverId, QObject* context, Reply<Records> reply,
                                             std::stop_token)
{
    scene().placedWith = solverId;
    for (PersistRecord& record : records) {
        record.id = u"placed-"_s + record.name;
        record.checkedAt = QDateTime::currentDateTimeUtc();
        record.verdict = challenge::PersistVerdict::Fits;
    }
    scene().persistRecords += records;
    answer<Records>(u"placePersistRecords"_s, context, std::move(reply), records);
}

void CertificateManager::watchPersistRecords(Records records, QObject* context, Reply<Records> reply)
{
    for (PersistRecord& record : records)
        record.id = u"watched-"_s + record.name;
    scene().persistRecords += records;
    answer<Records>(u"watchPersistRecords"_s, context, std::move(reply), records);
}

void CertificateManager::watchedPersistRecords(QObject* context, Reply<Records> reply)
{
    answer<Records>(u"watchedPersistRecords"_s, context, std::move(reply), scene().persistRecords);
}

void CertificateManager::forgetPersistRecord(QString id, QObject* context, Reply<void> reply)
{
    scene().persistRecords.removeIf([&id](const PersistRecord& record) { return record.id == id; });
    answer<void>(u"forgetPersistRecord"_s, context, std::move(reply), {});
}

void CertificateManager::removePersistRecords(QStringList ids, QString solverId, QObject* context, Reply<void> reply,
                                              std::stop_token)
{
    scene().removedWith = solverId;
    if (!scene().errors.contains(u"removePersistRecords"_s))
        scene().persistRecords.removeIf([&ids](const PersistRecord& record) { return ids.contains(record.id); });
    answer<void>(u"removePersistRecords"_s, context, std::move(reply), {});
}

} // namespace lifecycle
