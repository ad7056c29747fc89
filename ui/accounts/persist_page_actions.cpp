// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificate_manager.h"
#include "ui/accounts/persist_page.h"
#include "ui/accounts/persist_record_list.h"
#include "ui/common/banner.h"
#include "ui/common/form.h"
#include "ui/common/word_list.h"
#include "ui/common/work_row.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::PersistRecord;

} // namespace

lifecycle::PersistWish PersistPage::entered() const
{
    lifecycle::PersistWish wish;
    wish.authorityId = m_account.authorityId;
    wish.accountId = m_account.id;
    wish.names = splitWords(m_names->text());
    wish.wildcard = m_wildcard->isChecked();
    wish.until = lifecycle::persistEnd(m_until->text());
    wish.issuer = m_issuer->text().trimmed();
    return wish;
}

PersistPage::Reply PersistPage::ending(const std::stop_token& work, std::function<void(const Records&)> then)
{
    return [this, work, then](base::Result<Records> records) {
        if (!m_work->end(work))
            return;
        allowActions();
        if (!records)
            return showFailure(records.error());
        then(*records);
    };
}

void PersistPage::make()
{
    m_form->clearFaults();
    m_banner->hide();
    const lifecycle::PersistWish wish = entered();
    if (!m_until->text().trimmed().isEmpty() && !wish.until.isValid())
        return m_form->setFault(u"until"_s, tr("Write a day such as 2027-12-31, or 2027-12-31T12:00."), true);
    const std::stop_token work = m_work->begin(tr("Asking the authority what it wants to see…"));
    const auto then = [this](const Records& records) {
        m_made = records;
        showRecords();
        m_list->select(records);
        m_list->setFocus();
    };
    m_workspace.manager.makePersistRecords(wish, this, ending(work, then), work);
}

void PersistPage::take(const Records& records)
{
    for (const PersistRecord& record : records)
        for (PersistRecord& made : m_made)
            if (record.id.isEmpty() && made.name == record.name && made.value == record.value)
                made = record;
    showRecords();
    refresh();
}

void PersistPage::verify()
{
    m_banner->hide();
    const std::stop_token work = m_work->begin(tr("Asking DNS…"));
    m_workspace.manager.checkPersistRecords(m_list->selected(), this,
                                            ending(work, [this](const Records& records) { take(records); }), work);
}

void PersistPage::place()
{
    m_banner->hide();
    const std::stop_token work = m_work->begin(tr("Putting the records in place…"));
    const auto then = [this, with = m_solver->currentText()](const Records& records) {
        m_banner->showMessage(Severity::Good,
                              tr("%n record(s) put in place with %1. They stay there and are watched.", nullptr,
                                 static_cast<int>(records.size()))
                                  .arg(with));
        take(records);
    };
    m_workspace.manager.placePersistRecords(m_list->selected(), m_solver->currentData().toString(), this,
                                            ending(work, then), work);
}

void PersistPage::watch()
{
    const auto reply = [this](base::Result<Records> records) {
        if (!records)
            return m_banner->showError(records.error());
        refresh();
    };
    m_workspace.manager.watchPersistRecords(m_list->selected(), this, reply);
}

void PersistPage::forget()
{
    const Records chosen = m_list->selected();
    for (const PersistRecord& record : chosen)
        m_workspace.manager.forgetPersistRecord(record.id, this, [this](base::Result<void> forgotten) {
            if (!forgotten)
                m_banner->showError(forgotten.error());
            refresh();
        });
}

void PersistPage::confirmRemoval()
{
    QStringList ids;
    const Records chosen = m_list->selected();
    for (const PersistRecord& record : chosen)
        ids += record.id;
    const QString question =
        tr("%n record(s) will be taken out of DNS with %1: orders that they prove fail from then on.", nullptr,
           static_cast<int>(ids.size()));
    m_banner->showMessage(Severity::Attention, question.arg(m_solver->currentText()),
                          {tr("Remove from &DNS now"),
                           [this, ids, solver = m_solver->currentData().toString()] { removeFromDns(ids, solver); }});
}

void PersistPage::removeFromDns(const QStringList& ids, const QString& solverId)
{
    m_banner->hide();
    const std::stop_token work = m_work->begin(tr("Taking the records out of DNS…"));
    const auto reply = [this, work, count = ids.size()](base::Result<void> removed) {
        if (!m_work->end(work))
            return;
        refresh();
        if (!removed)
            return m_banner->showError(removed.error());
        m_banner->showMessage(Severity::Good, tr("%n record(s) taken out of DNS.", nullptr, static_cast<int>(count)));
    };
    m_workspace.manager.removePersistRecords(ids, solverId, this, reply, work);
}

void PersistPage::copy()
{
    QStringList lines;
    const Records chosen = m_list->selected();
    for (const PersistRecord& record : chosen)
        lines += record.zoneFileLine();
    QGuiApplication::clipboard()->setText(lines.join(u'\n') + u'\n');
    m_banner->showMessage(Severity::Good, tr("%n record(s) copied.", nullptr, static_cast<int>(lines.size())));
}

void PersistPage::showFailure(const base::Error& error)
{
    if (error.field() == u"issuer")
        m_form->setRowVisible(u"issuer"_s, true);
    if (!m_form->showError(error))
        m_banner->showError(error);
}

} // namespace ui
