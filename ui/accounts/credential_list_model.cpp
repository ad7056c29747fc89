// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/credential_list_model.h"

#include "ui/common/date_text.h"
#include "ui/common/status.h"

#include <QHash>

namespace ui {

void CredentialListModel::show(const AccountBook& book)
{
    QHash<QString, QString> accountNames; // thousands of credentials may have an account each
    for (const lifecycle::Account& account : book.accounts)
        accountNames.insert(account.id, nameOf(account));
    QList<CredentialLine> lines;
    lines.reserve(book.credentials.size());
    for (const lifecycle::EabCredential& credential : book.credentials)
        lines.append(
            {credential, book.authorityName(credential.authorityId), accountNames.value(credential.accountId)});
    take(lines);
}

CredentialListModel::Cells CredentialListModel::cellsOf(const CredentialLine& line) const
{
    const lifecycle::EabCredential& credential = line.credential;
    const Status status = statusOf(credential.state);
    const auto moment = [](const QDateTime& time) { return time.isValid() ? localTime(time) : QString(); };
    const QString expiry =
        credential.expiresAt.isValid() ? credential.expiresAt.toLocalTime().date().toString(Qt::ISODate) : QString();
    return {{status.word, line.authorityName, credential.kid, credential.owner, credential.host, expiry,
             line.accountName, moment(credential.boundAt)},
            {credential.refusal, QString(), credential.label, QString(), QString(), utcTime(credential.expiresAt),
             QString(), utcTime(credential.boundAt)},
            status.icon()};
}

QVariant CredentialListModel::sortValue(const CredentialLine& line, int column) const
{
    if (column == Expires)
        return line.credential.expiresAt;
    return column == When ? QVariant(line.credential.boundAt) : QVariant();
}

int CredentialListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CredentialListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QVariant();
    const QStringList names {tr("State"), tr("Authority"), tr("Key identifier"), tr("Owner"),
                             tr("Host"),  tr("Expires"),   tr("Used by"),        tr("When")};
    return names.value(section);
}

CredentialFilter::CredentialFilter(CredentialListModel& model, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(&model);
    setSortRole(CredentialListModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

void CredentialFilter::setWords(const QString& words)
{
    m_words = words;
    invalidateFilter();
}

void CredentialFilter::setState(std::optional<lifecycle::EabCredential::State> state)
{
    m_state = state;
    invalidateFilter();
}

bool CredentialFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const lifecycle::EabCredential& credential = m_model.credential(row);
    return (!m_state || credential.state == *m_state) && credential.matches(m_words, m_model.item(row).authorityName);
}

} // namespace ui
