// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/account_list_model.h"

#include "lifecycle/account_words.h"
#include "ui/common/date_text.h"
#include "ui/common/key_type_text.h"
#include "ui/common/status.h"

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::Account;

/// What about an account needs somebody, before what it is.
Status shownStatus(const AccountLine& line)
{
    const Status status = statusOf(line.account.status);
    if (line.account.status != Account::Status::Valid)
        return status;
    if (line.account.rollover)
        return {AccountListModel::tr("Key change unfinished"), u"attention"_s, Severity::Attention};
    return line.termsChanged ? Status {AccountListModel::tr("Terms changed"), u"attention"_s, Severity::Attention}
                             : status;
}

AccountLine lineOf(const Account& account, const AccountBook& book)
{
    AccountLine line {account, book.authorityName(account.authorityId)};
    for (const lifecycle::Authority& authority : book.authorities)
        if (authority.id == account.authorityId)
            line.termsChanged = !lifecycle::changedTerms(account, authority).isEmpty();
    return line;
}

} // namespace

void AccountListModel::show(const AccountBook& book)
{
    QList<AccountLine> lines;
    lines.reserve(book.accounts.size());
    for (const Account& account : book.accounts)
        lines.append(lineOf(account, book));
    take(lines);
}

AccountListModel::Cells AccountListModel::cellsOf(const AccountLine& line) const
{
    const Account& account = line.account;
    const Status status = shownStatus(line);
    return {{status.word, line.authorityName, contactsText(account.contacts), keyTypeText(account.keyType),
             QString::number(account.certificates), localTime(account.lastUsedAt)},
            {QString(), account.url.toString(), QString(), tr("Thumbprint %1").arg(account.keyThumbprint), QString(),
             utcTime(account.lastUsedAt)},
            status.icon()};
}

QVariant AccountListModel::sortValue(const AccountLine& line, int column) const
{
    if (column == Certificates)
        return line.account.certificates;
    return column == LastUsed ? QVariant(line.account.lastUsedAt) : QVariant();
}

int AccountListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AccountListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList names {tr("State"), tr("Authority"),    tr("Contact"),
                             tr("Key"),   tr("Certificates"), tr("Last used")};
    return names.value(section);
}

AccountFilter::AccountFilter(AccountListModel& model, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(&model);
    setSortRole(AccountListModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

void AccountFilter::setWords(const QString& words)
{
    m_words = words;
    invalidateFilter();
}

bool AccountFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const AccountLine& line = m_model.item(row);
    return line.account.matches(m_words, line.authorityName);
}

} // namespace ui
