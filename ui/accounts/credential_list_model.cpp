// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/credential_list_model.h"

#include "ui/common/date_text.h"
#include "ui/common/status.h"

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

CredentialListModel::Shown CredentialListModel::shown(const lifecycle::EabCredential& credential,
                                                      const AccountBook& book,
                                                      const QHash<QString, QString>& accountNames)
{
    const Status status = statusOf(credential.state);
    const auto moment = [](const QDateTime& time) { return time.isValid() ? localTime(time) : QString(); };
    Shown made;
    made.credential = credential;
    made.icon = status.icon();
    made.texts = {status.word,
                  book.authorityName(credential.authorityId),
                  credential.kid,
                  credential.owner,
                  credential.host,
                  credential.expiresAt.isValid() ? credential.expiresAt.toLocalTime().date().toString(Qt::ISODate)
                                                 : QString(),
                  accountNames.value(credential.accountId),
                  moment(credential.boundAt)};
    made.toolTips = {credential.refusal, QString(),
                     credential.label,   QString(),
                     QString(),          utcTime(credential.expiresAt),
                     QString(),          utcTime(credential.boundAt)};
    return made;
}

void CredentialListModel::take(const AccountBook& book)
{
    QHash<QString, QString> accountNames; // thousands of credentials may have an account each
    for (const lifecycle::Account& account : book.accounts)
        accountNames.insert(account.id, nameOf(account));
    beginResetModel();
    m_rows.clear();
    m_rows.reserve(book.credentials.size());
    for (const lifecycle::EabCredential& credential : book.credentials)
        m_rows += shown(credential, book, accountNames);
    endResetModel();
}

int CredentialListModel::rowOf(const QString& id) const
{
    const auto found =
        std::find_if(m_rows.cbegin(), m_rows.cend(), [&id](const Shown& row) { return row.credential.id == id; });
    return found == m_rows.cend() ? -1 : static_cast<int>(found - m_rows.cbegin());
}

int CredentialListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CredentialListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CredentialListModel::data(const QModelIndex& index, int role) const
{
    const Shown& row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.texts.at(index.column());
    case Qt::ToolTipRole:
        return row.toolTips.at(index.column());
    case Qt::DecorationRole:
        return index.column() == State ? QVariant(row.icon) : QVariant();
    case SortRole:
        if (index.column() == Expires)
            return row.credential.expiresAt;
        return index.column() == When ? QVariant(row.credential.boundAt) : QVariant(row.texts.at(index.column()));
    default:
        return QVariant();
    }
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
    return (!m_state || credential.state == *m_state) && credential.matches(m_words, m_model.authorityName(row));
}

} // namespace ui
