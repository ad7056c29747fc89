// SPDX-License-Identifier: Apache-2.0
#include "ui/accounts/key_change_form.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/banner.h"
#include "ui/common/date_text.h"
#include "ui/common/form.h"
#include "ui/common/key_type_text.h"
#include "ui/common/widgets.h"
#include "ui/common/work_row.h"

#include <QComboBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using lifecycle::RolloverStep;

KeyChangeForm::KeyChangeForm(Workspace& workspace, QWidget* parent)
    : AccountForm(workspace, u"keyChange"_s, parent)
    , m_words(makeLabel(QString()))
    , m_keyType(makeComboBox(u"keyChangeType"_s))
    , m_change(makePrimaryButton(QString(), u"keyChangeStart"_s))
    , m_giveUp(makeButton(tr("Keep the o&ld key"), u"keyChangeGiveUp"_s))
{
    fillKeyTypes(m_keyType, true);
    m_form->addRow(u"keyType"_s, tr("New &key"), m_keyType);
    m_layout->insertWidget(0, m_words);
    addActions({m_giveUp, m_change});
    connect(m_change, &QPushButton::clicked, this, &KeyChangeForm::submit);
    connect(m_giveUp, &QPushButton::clicked, this, &KeyChangeForm::giveUp);
}

void KeyChangeForm::begin(const lifecycle::Account& account)
{
    AccountForm::begin(account);
    const bool unfinished = account.rollover.has_value();
    const auto type = static_cast<int>(unfinished ? account.rollover->keyType : account.keyType);
    m_keyType->setCurrentIndex(std::max(0, m_keyType->findData(type)));
    m_keyType->setEnabled(!unfinished);
    m_giveUp->setVisible(unfinished);
    m_words->setText(
        unfinished ? tr("The key change of %1 has no known outcome. Both keys are kept; finishing asks the authority "
                        "which one "
                        "it has.")
                         .arg(localTime(account.rollover->startedAt))
                   : tr("Both keys are stored before the authority is asked. Certificates and running orders go on."));
    m_change->setText(unfinished ? tr("Finish the chan&ge") : tr("Chan&ge key"));
    m_change->setAccessibleName(unfinished ? tr("Finish the change") : tr("Change key"));
    (unfinished ? static_cast<QWidget*>(m_change) : m_keyType)->setFocus();
}

void KeyChangeForm::submit()
{
    clear();
    const std::optional<crypto::KeyType> type =
        m_giveUp->isHidden() ? std::make_optional(chosenKeyType(m_keyType)) : std::nullopt;
    const std::stop_token work = m_work->begin(tr("Asking the authority…"));
    const auto reply = [this, work](base::Result<lifecycle::Account> account) {
        if (!m_work->end(work))
            return;
        if (!account)
            return failed(account.error());
        Q_EMIT done(tr("The authority has the new key, %1.").arg(keyTypeText(account->keyType)));
    };
    const auto step = [this, work](RolloverStep reached) {
        if (!work.stop_requested())
            tell(reached);
    };
    m_workspace.manager.rollOverAccountKey(m_accountId, type, step, this, reply, work);
}

void KeyChangeForm::giveUp()
{
    m_banner->hide();
    const std::stop_token work = m_work->begin(tr("Asking which of the keys the authority has…"));
    const auto reply = [this, work](base::Result<lifecycle::Account> account) {
        if (!m_work->end(work))
            return;
        if (!account)
            return failed(account.error());
        Q_EMIT done(tr("The account has the key that the authority knows."));
    };
    m_workspace.manager.abandonRollover(m_accountId, this, reply, work);
}

void KeyChangeForm::tell(RolloverStep step)
{
    switch (step) {
    case RolloverStep::WaitingForOrders:
        return m_work->say(tr("Step 1 of 4: waiting for orders whose names are being validated…"));
    case RolloverStep::MakingKey:
        return m_work->say(tr("Step 2 of 4: making the new key…"));
    case RolloverStep::KeyStored:
        return m_work->say(tr("Step 3 of 4: both keys are stored; asking the authority to take the new one…"));
    case RolloverStep::Asking:
        return m_work->say(tr("Step 3 of 4: asking which of the keys the authority has…"));
    case RolloverStep::Confirmed:
        return m_work->say(tr("Step 4 of 4: the authority has the new key; storing that…"));
    }
}

void KeyChangeForm::failed(const base::Error& error)
{
    if (error.code() == base::ErrorCode::Unsupported)
        return m_banner->showMessage(
            Severity::Attention,
            tr("This authority cannot change account keys. Register another account instead; nothing was changed."));
    if (error.code() == base::ErrorCode::AlreadyExists)
        return m_banner->showMessage(Severity::Bad,
                                     tr("The authority says that another account has the new key. Nothing was changed; "
                                        "try again, which makes another key."));
    showFailure(error);
}

} // namespace ui
